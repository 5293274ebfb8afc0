package io.redispatterns.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import redis.embedded.core.ExecutableProvider;

import org.springframework.util.FileSystemUtils;

/**
 * A real {@code redis-server} on a free loopback port, without persistence: the one on
 * the {@code PATH}, else the binary that embedded-redis carries.
 * <p>
 * It is a child of a shell that reads a pipe from this JVM and stops the server when the
 * pipe closes, so it goes even when this JVM is killed.
 */
final class RedisProcess implements AutoCloseable {

	private static final Duration START = Duration.ofSeconds(10);

	private static final String UNTIL_PIPE_CLOSES = "\"$0\" \"$@\" & cat > /dev/null; kill $!; wait $!";

	private final Process process;

	private final Path directory;

	private final int port;

	private RedisProcess(Process process, Path directory, int port) {
		this.process = process;
		this.directory = directory;
		this.port = port;
	}

	static RedisProcess start() throws IOException {
		int port = freePort();
		Path directory = Files.createTempDirectory("benchmarks-redis");
		File log = directory.resolve("redis.log").toFile();
		List<String> command = new ArrayList<>();
		if (Files.isExecutable(Path.of("/bin/sh"))) {
			command.addAll(List.of("/bin/sh", "-c", UNTIL_PIPE_CLOSES));
		}
		command.addAll(List.of(executable(), "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "",
				"--appendonly", "no", "--dir", directory.toString()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
		RedisProcess redis = new RedisProcess(process, directory, port);
		redis.awaitReady(log);
		return redis;
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void awaitReady(File log) throws IOException {
		long deadline = System.nanoTime() + START.toNanos();
		while (true) {
			try (RedisSocket socket = new RedisSocket(this.port)) {
				socket.send("PING");
				return;
			}
			catch (IOException ex) {
				if (System.nanoTime() > deadline) {
					close();
					throw new IOException("redis-server did not answer within %s: %s".formatted(START,
							Files.readString(log.toPath())), ex);
				}
				Thread.onSpinWait();
			}
		}
	}

	private static String executable() throws IOException {
		for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
			Path installed = Path.of(directory, "redis-server");
			if (Files.isExecutable(installed)) {
				return installed.toString();
			}
		}
		return ExecutableProvider.newJarResourceProvider().get().getPath();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
