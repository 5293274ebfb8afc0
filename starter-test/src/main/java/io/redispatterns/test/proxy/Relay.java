package io.redispatterns.test.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.redispatterns.test.proxy.FaultProxy.Direction;

/**
 * One direction of a connection: a thread that reads and one that writes when it is time.
 */
final class Relay {

	private static final int CHUNK_SIZE = 16 * 1024;

	private static final int CHUNKS_IN_FLIGHT = 256;

	private final Link link;

	private final Direction direction;

	private final Socket from;

	private final Socket to;

	private final Faults faults;

	private final Thread reader = daemon("fault-proxy-read", () -> guard(this::read));

	private final Thread writer = daemon("fault-proxy-write", () -> guard(this::write));

	private final BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>(CHUNKS_IN_FLIGHT);

	Relay(Link link, Direction direction, Socket from, Socket to, Faults faults) {
		this.link = link;
		this.direction = direction;
		this.from = from;
		this.to = to;
		this.faults = faults;
	}

	static Thread daemon(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	void start() {
		this.writer.start();
		this.reader.start();
	}

	void stop() {
		this.reader.interrupt();
		this.writer.interrupt();
	}

	private void read() throws IOException, InterruptedException {
		byte[] buffer = new byte[CHUNK_SIZE];
		long due = System.nanoTime();
		int length = 0;
		while (length >= 0) {
			this.faults.awaitRelease();
			length = this.from.getInputStream().read(buffer);
			// What arrived while this thread was reading is held back too
			this.faults.awaitRelease();
			byte[] bytes = Arrays.copyOf(buffer, Math.max(0, length));
			if (this.link.admits(this.direction, bytes)) {
				due = Math.max(due, System.nanoTime() + this.faults.delay(this.direction));
				this.queue.put(new Chunk(bytes, due));
			}
		}
	}

	private void write() throws IOException, InterruptedException {
		Chunk chunk = this.queue.take();
		while (chunk.bytes().length > 0) {
			TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
			this.to.getOutputStream().write(chunk.bytes());
			chunk = this.queue.take();
		}
		this.to.shutdownOutput();
		this.link.end();
	}

	private void guard(Step step) {
		try {
			step.run();
		}
		catch (IOException ex) {
			// One side is gone: the other learns it the same way
			this.link.reset();
		}
		catch (InterruptedException ex) {
			// Stopped: the connection was reset
		}
	}

	private interface Step {

		void run() throws IOException, InterruptedException;

	}

	private record Chunk(byte[] bytes, long due) {
	}

}
