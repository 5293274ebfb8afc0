package io.redispatterns.benchmarks;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The other client: it reads one key of its own in a loop, on a connection of its own,
 * and knows how long it ever had to wait.
 */
final class ReadingClient implements AutoCloseable {

	private final RedisSocket socket;

	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	ReadingClient(int port) throws IOException {
		this.socket = new RedisSocket(port);
		this.socket.send("SET reader here");
	}

	/**
	 * Read until the given work and the given time after it are over.
	 * @param work what may make this client wait
	 * @param restMillis how long the work may have an effect after it returned
	 * @return the longest time a read took, in milliseconds
	 * @throws IOException if a read fails
	 */
	double longestWhile(Runnable work, long restMillis) throws IOException {
		AtomicBoolean over = new AtomicBoolean();
		Callable<Double> reading = () -> read(over);
		Future<Double> longest = this.thread.submit(reading);
		try {
			Thread.sleep(50);
			work.run();
			Thread.sleep(restMillis);
			over.set(true);
			return longest.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
		catch (ExecutionException ex) {
			throw new IOException("the reading client failed", ex.getCause());
		}
	}

	@Override
	public void close() throws IOException {
		this.thread.shutdownNow();
		this.socket.close();
	}

	private double read(AtomicBoolean over) throws IOException {
		long longest = 0;
		while (!over.get()) {
			long start = System.nanoTime();
			this.socket.send("GET reader");
			longest = Math.max(longest, System.nanoTime() - start);
		}
		return longest / 1e6;
	}

}
