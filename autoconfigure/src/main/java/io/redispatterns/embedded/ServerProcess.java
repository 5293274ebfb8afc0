package io.redispatterns.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/**
 * A running {@code redis-server} that does not outlive this JVM.
 */
final class ServerProcess implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	// The shell holds the pipe from the JVM and outlives signals to the whole group. The
	// server is in a session of its own: it survives Ctrl-C until the application closed.
	private static final String SUPERVISED = """
			trap '' HUP INT TERM
			exec 3<&0
			$(command -v setsid) "$@" </dev/null 3<&- &
			server=$!
			( while read -r _ <&3; do :; done; kill -9 $server ) &
			watcher=$!
			wait $server
			kill -9 $watcher
			""";

	private static final boolean WINDOWS = File.separatorChar == '\\';

	private static final int OUTPUT_LENGTH = 500;

	private final Path directory;

	private final Process process;

	private ServerProcess(Path directory, Process process) {
		this.directory = directory;
		this.process = process;
	}

	static ServerProcess start(int port, DataSize maxMemory) {
		String resource = resource();
		Path directory = null;
		try {
			directory = Files.createTempDirectory("redis-patterns-%d-".formatted(port));
			File binary = ExecutableProvider.newJarResourceProvider(directory.toFile()).get();
			Process process = new ProcessBuilder(command(binary, port, maxMemory)).directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output(directory).toFile())
				.start();
			if (WINDOWS) {
				Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
			}
			return new ServerProcess(directory, process);
		}
		catch (IOException ex) {
			delete(directory);
			throw new EmbeddedRedisException("The Redis server %s could not be started: %s.".formatted(resource, ex),
					"Let java.io.tmpdir be a directory where programs may run", ex);
		}
	}

	private static String resource() {
		String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
		String resource;
		try {
			resource = ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture());
		}
		catch (RuntimeException ex) {
			resource = null;
		}
		if (resource == null) {
			throw new EmbeddedRedisException(
					"The embedded-redis library has no Redis server for %s.".formatted(platform),
					"Install Redis, start it, and set spring.data.redis.host", null);
		}
		return resource;
	}

	private static List<String> command(File binary, int port, DataSize maxMemory) {
		List<String> command = new ArrayList<>();
		if (!WINDOWS) {
			command.addAll(List.of("sh", "-c", SUPERVISED, "redis-patterns"));
		}
		command.addAll(List.of(binary.getPath(), "--port", String.valueOf(port), "--bind", HOST, "--protected-mode",
				"yes", "--save", "", "--appendonly", "no", "--loglevel", "warning"));
		// Streams and jobs have no time-to-live and stay; leases and fences are the
		// youngest
		// keys that have one, so they go last, as they would not with volatile-ttl
		command
			.addAll(List.of("--maxmemory", String.valueOf(maxMemory.toBytes()), "--maxmemory-policy", "volatile-lru"));
		return command;
	}

	/**
	 * Wait for the server to answer.
	 * @return a connection, or {@code null} if the server ended or did not answer in time
	 */
	@Nullable ServerConnection awaitReady(int port) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		try {
			while (System.nanoTime() < deadline) {
				if (this.process.waitFor(2, TimeUnit.MILLISECONDS)) {
					return null;
				}
				ServerConnection connection = connection(port);
				if (connection != null) {
					delete(this.directory);
					return connection;
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return null;
	}

	// A server that is slow to answer is not yet somebody else
	private static @Nullable ServerConnection connection(int port) {
		try {
			return ServerConnection.open(port);
		}
		catch (EmbeddedRedisException ex) {
			return null;
		}
	}

	/**
	 * Whether a connection leads to this server, and not to one that was faster to the
	 * port.
	 */
	boolean owns(ServerConnection connection) {
		return Stream.concat(Stream.of(this.process.toHandle()), this.process.descendants())
			.anyMatch((handle) -> handle.pid() == connection.processId());
	}

	/**
	 * Return the end of what the server has written.
	 */
	String output() {
		try {
			String output = Files.readString(output(this.directory)).strip();
			return output.substring(Math.max(0, output.length() - OUTPUT_LENGTH));
		}
		catch (IOException ex) {
			return "no output";
		}
	}

	@Override
	public void close() {
		try {
			// Killing the shell would set the server free: closing its pipe does not
			this.process.getOutputStream().close();
			if (WINDOWS) {
				this.process.destroyForcibly();
			}
			this.process.waitFor(2, TimeUnit.SECONDS);
		}
		catch (IOException ex) {
			// It is gone already
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		delete(this.directory);
	}

	private static Path output(Path directory) {
		return directory.resolve("output");
	}

	// A running program needs no file, and what is deleted now is not left behind by a
	// kill
	private static void delete(@Nullable Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			// Windows keeps the file of a running program: the library deletes it on exit
		}
	}

}
