package io.redispatterns.cache;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

import org.springframework.cache.Cache;

/**
 * A node in a process of its own that reads one key again and again, from near, and can
 * be stopped. Both processes read one clock, that of {@link System#nanoTime()}.
 */
final class PausedReader implements AutoCloseable {

	static final String CACHE = "paused";

	static final String KEY = "key";

	private static final long BETWEEN = Duration.ofMillis(1).toNanos();

	private final List<Read> reads = new CopyOnWriteArrayList<>();

	private final Process process;

	PausedReader(Map<String, String> redis, List<String> properties) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), PausedReader.class.getName()));
		redis.forEach((name, value) -> command.add(name + "=" + value));
		command.addAll(properties);
		try {
			this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread listener = new Thread(this::listen, "paused-reader");
		listener.setDaemon(true);
		listener.start();
	}

	private void listen() {
		try (BufferedReader lines = this.process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				String[] words = line.split(" ");
				this.reads.add(new Read(Long.parseLong(words[0]), words[1], Boolean.parseBoolean(words[2])));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The values that were read since a time.
	 */
	List<String> since(long nanos) {
		return this.reads.stream().filter((each) -> each.begun - nanos > 0).map(Read::value).toList();
	}

	/**
	 * Whether it serves a value from near.
	 */
	boolean keeps(String value) {
		Read last = this.reads.isEmpty() ? null : this.reads.get(this.reads.size() - 1);
		return last != null && last.near && last.value.equals(value);
	}

	void signal(String signal) {
		try {
			new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, this.process.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	public static void main(String[] args) {
		PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
		System.setOut(System.err);
		CacheNode node = CacheNode.start(Map.of(), List.of(args));
		RedisCacheAside cache = (RedisCacheAside) node.cache(CACHE);
		while (!output.checkError()) {
			long hits = cache.near().hits();
			long begun = System.nanoTime();
			Cache.ValueWrapper found = cache.get(KEY);
			output
				.println("%d %s %s".formatted(begun, (found != null) ? found.get() : null, cache.near().hits() > hits));
			LockSupport.parkNanos(BETWEEN);
		}
		Runtime.getRuntime().halt(0);
	}

	/**
	 * A read, of which the value need not have come from near.
	 */
	private record Read(long begun, String value, boolean near) {

	}

}
