package io.redispatterns.faults;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * A node in a process of its own that is stopped while it loads some keys, and goes on as
 * if nothing had happened.
 */
final class PausedNode implements AutoCloseable {

	static final int KEYS = 12;

	/** The version that it loads. */
	static final int OLD = 1;

	/** How long a load takes, in which the process has to be stopped. */
	private static final Duration LOAD = Duration.ofSeconds(1);

	private static final String LOADING = "loading";

	private final Process process;

	private final BufferedReader answers;

	private PausedNode(Process process) {
		this.process = process;
		this.answers = process.inputReader();
	}

	static PausedNode start(Map<String, String> redis, String... properties) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), PausedNode.class.getName()));
		redis.forEach((name, value) -> command.add(name + "=" + value));
		command.addAll(List.of(properties));
		try {
			return new PausedNode(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait until all keys are being loaded, and stop.
	 */
	void freeze() {
		IntStream.range(0, KEYS).forEach((key) -> expect(LOADING));
		signal("STOP");
	}

	/**
	 * Go on.
	 * @return what the loads and the next reads of all keys gave, by version
	 */
	List<String> thaw() {
		signal("CONT");
		return List.of(answer(), answer());
	}

	private void expect(String expected) {
		String answer = answer();
		if (!answer.equals(expected)) {
			throw new IllegalStateException("Not '%s' but '%s'".formatted(expected, answer));
		}
	}

	private String answer() {
		try {
			return Objects.requireNonNull(this.answers.readLine(), "The process has ended");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void signal(String signal) {
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

	public static void main(String[] args) throws IOException {
		PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
		System.setOut(System.err);
		FaultNode node = FaultNode.start(Map.of(), List.of(args), new Items(new Database(), (key, nanos) -> {
		})).connected();
		Cache cache = Objects.requireNonNull(node.get(CacheManager.class).getCache(Items.CACHE));
		List<CompletableFuture<Item>> loads = IntStream.range(0, KEYS)
			.mapToObj((key) -> CompletableFuture.supplyAsync(() -> cache.get(key, () -> {
				output.println(LOADING);
				FaultRun.pause(LOAD);
				return new Item(key, OLD);
			}), (task) -> new Thread(task).start()))
			.toList();
		output.println(versions(loads.stream().map(CompletableFuture::join).toList()));
		output.println(versions(
				IntStream.range(0, KEYS).mapToObj((key) -> cache.get(key, () -> new Item(key, OLD + 1))).toList()));
		// Ends with the test, should that fail
		new BufferedReader(new InputStreamReader(System.in)).readLine();
		Runtime.getRuntime().halt(0);
	}

	private static String versions(List<Item> items) {
		return items.stream().collect(Collectors.groupingBy(Item::version, Collectors.counting())).toString();
	}

}
