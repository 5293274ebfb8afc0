package io.redispatterns.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class EmbeddedRedisIntegrationTests {

	private static final DataSize MEMORY = DataSize.ofMegabytes(16);

	// An application that is killed while it starts leaves a file
	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedAutoConfiguration.class, DataRedisAutoConfiguration.class));

	@Test
	void offersServerToTheApplicationAndStopsIt(CapturedOutput output) {
		int[] port = new int[1];
		this.runner.withPropertyValues("redis.embedded.max-memory=16MB", "spring.data.redis.database=3")
			.run((context) -> {
				StringRedisTemplate redis = context.getBean(StringRedisTemplate.class);
				redis.opsForValue().set("a", "b");
				assertThat(redis.opsForValue().get("a")).isEqualTo("b");
				assertThat(config(redis, "maxmemory")).isEqualTo(String.valueOf(MEMORY.toBytes()));
				assertThat(config(redis, "maxmemory-policy")).isEqualTo("volatile-lru");
				assertThat(config(redis, "save")).isEmpty();
				assertThat(config(redis, "bind")).isEqualTo("127.0.0.1");
				port[0] = context.getBean(EmbeddedRedis.class).getStandalone().getPort();
				assertThat(command(port[0], "SELECT 3\r\nEXISTS a", 1)).isEqualTo(":1");
			});
		assertNobodyListens(port[0]);
		assertThat(output)
			.containsOnlyOnce("Started a Redis server for development on port " + port[0] + ", with 16 MB");
	}

	@Test
	void leavesNoFilesBehind() {
		try (EmbeddedRedis redis = started(0)) {
			int port = redis.getStandalone().getPort();
			assertThat(new File(System.getProperty("java.io.tmpdir")).list())
				.noneMatch((name) -> name.startsWith("redis-patterns-" + port));
		}
	}

	@Test
	void restartsServerThatEnded() throws IOException {
		try (EmbeddedRedis redis = started(0)) {
			int port = redis.getStandalone().getPort();
			command(port, "SET a b");
			command(port, "SHUTDOWN NOSAVE");
			Awaitility.await()
				.ignoreExceptions()
				.untilAsserted(() -> assertThat(command(port, "GET a")).isEqualTo("$-1"));
			command(port, "SHUTDOWN NOSAVE");
			Awaitility.await()
				.ignoreExceptions()
				.untilAsserted(() -> assertThat(command(port, "PING")).isEqualTo("+PONG"));
		}
	}

	@Test
	void joinsAgainWhenItsConnectionIsKilled() throws IOException {
		try (EmbeddedRedis redis = started(0)) {
			int port = redis.getStandalone().getPort();
			command(port, "SET a b");
			command(port, "CLIENT KILL TYPE normal");
			Awaitility.await()
				.ignoreExceptions()
				.untilAsserted(() -> assertThat(command(port, "INFO clients", 2)).isEqualTo("connected_clients:2"));
			assertThat(command(port, "GET a")).isEqualTo("$1");
		}
	}

	@Test
	void sharesServerOnOnePortAndTakesItOver(CapturedOutput output) throws IOException {
		int port = freePort();
		EmbeddedRedis owner = started(port);
		try (EmbeddedRedis second = started(port); EmbeddedRedis third = started(port)) {
			command(port, "SET a b");
			assertThat(output).containsOnlyOnce("Started a Redis server")
				.contains("Joined a Redis server for development on port " + port);
			owner.close();
			Awaitility.await()
				.ignoreExceptions()
				.untilAsserted(() -> assertThat(command(port, "GET a")).isEqualTo("$-1"));
			Awaitility.await()
				.untilAsserted(() -> assertThat(output).containsOnlyOnce("on port " + port + " went away"));
			command(port, "SET a c");
			second.close();
			Awaitility.await()
				.ignoreExceptions()
				.untilAsserted(() -> assertThat(command(port, "PING")).isEqualTo("+PONG"));
		}
		assertNobodyListens(port);
	}

	@Test
	void leavesSharedServerToItsOwner() throws IOException {
		int port = freePort();
		try (EmbeddedRedis owner = started(port)) {
			started(port).close();
			assertThat(command(owner.getStandalone().getPort(), "PING")).isEqualTo("+PONG");
		}
		assertNobodyListens(port);
	}

	@Test
	void startsOneServerWhenApplicationsRace() throws Exception {
		int port = freePort();
		List<Process> others = new ArrayList<>();
		try {
			for (int i = 0; i < 3; i++) {
				others.add(application("-Dport=" + port));
			}
			List<String> lines = new ArrayList<>();
			for (Process other : others) {
				line(other, lines);
			}
			assertThat(lines).filteredOn((line) -> line.contains("Started a Redis server")).hasSize(1);
			assertThat(lines).filteredOn((line) -> line.contains("Joined a Redis server")).hasSize(2);
			assertThat(command(port, "SET a b")).isEqualTo("+OK");
		}
		finally {
			others.forEach(Process::destroyForcibly);
		}
		Awaitility.await().ignoreExceptions().untilAsserted(() -> assertNobodyListens(port));
	}

	@Test
	void endsWithApplicationThatIsKilled() throws Exception {
		Process application = application();
		int port = Integer.parseInt(line(application).substring("port ".length()));
		assertThat(command(port, "PING")).isEqualTo("+PONG");
		List<ProcessHandle> descendants = application.descendants().toList();
		assertThat(descendants).isNotEmpty();
		application.destroyForcibly();
		Awaitility.await().ignoreExceptions().untilAsserted(() -> assertNobodyListens(port));
		Awaitility.await()
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(descendants).noneMatch(ProcessHandle::isAlive));
	}

	@Test
	void takesOverFromApplicationThatIsKilled() throws Exception {
		int port = freePort();
		Process application = application("-Dport=" + port);
		assertThat(line(application)).isEqualTo("port " + port);
		try (EmbeddedRedis redis = started(port)) {
			command(port, "SET a b");
			application.destroyForcibly();
			Awaitility.await()
				.ignoreExceptions()
				.untilAsserted(() -> assertThat(command(port, "GET a")).isEqualTo("$-1"));
			assertThat(redis.getStandalone().getPort()).isEqualTo(port);
		}
		assertNobodyListens(port);
	}

	@Test
	void failsWhenPortIsHeldBySomethingElse() throws Exception {
		try (ServerSocket other = new ServerSocket()) {
			other.bind(new InetSocketAddress(ServerProcess.HOST, 0));
			assertThatExceptionOfType(EmbeddedRedisException.class).isThrownBy(() -> started(other.getLocalPort()))
				.satisfies((ex) -> {
					FailureAnalysis analysis = new EmbeddedRedisFailureAnalyzer().analyze(ex);
					assertThat(analysis.getDescription()).isEqualTo("Port " + other.getLocalPort()
							+ " of this machine is held by something that is not a Redis: it does not answer INFO as one.");
					assertThat(analysis.getAction()).contains("redis.embedded.port", "spring.data.redis.*",
							"remove the embedded-redis library");
				});
		}
	}

	@Test
	void failsWithWaysOutOnUnknownPlatform() throws Exception {
		Process application = application("-Dos.name=Plan9");
		assertThat(line(application)).startsWith("The embedded-redis library has no Redis server for Plan9 ");
		assertThat(line(application)).contains("Install Redis", "spring.data.redis.*",
				"remove the embedded-redis library");
		assertThat(application.waitFor(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void failsWithWaysOutWhereProgramsMayNotRun() throws Exception {
		Process application = application("-Djava.io.tmpdir=/dev/null");
		assertThat(line(application)).contains("could not be started");
		assertThat(line(application)).contains("java.io.tmpdir");
		assertThat(application.waitFor(10, TimeUnit.SECONDS)).isTrue();
	}

	private static EmbeddedRedis started(int port) {
		EmbeddedRedis redis = new EmbeddedRedis(port, MEMORY, 0);
		redis.start();
		return redis;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress(ServerProcess.HOST, 0));
			return socket.getLocalPort();
		}
	}

	private static void assertNobodyListens(int port) {
		assertThat(ServerConnection.open(port)).isNull();
	}

	private static String config(StringRedisTemplate redis, String name) {
		return redis.execute(
				(RedisCallback<String>) (connection) -> connection.serverCommands().getConfig(name).getProperty(name));
	}

	private static String command(int port, String command) throws IOException {
		return command(port, command, 0);
	}

	private static String command(int port, String command, int skip) throws IOException {
		try (java.net.Socket socket = new java.net.Socket(ServerProcess.HOST, port)) {
			socket.getOutputStream().write((command + "\r\n").getBytes());
			BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream()));
			for (int i = 0; i < skip; i++) {
				reader.readLine();
			}
			return reader.readLine();
		}
	}

	private Process application(String... options) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-Djava.io.tmpdir=" + this.directory);
		command.addAll(List.of(options));
		command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				Application.class.getName()));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
	}

	private static String line(Process process) throws IOException {
		return line(process, new ArrayList<>());
	}

	private static String line(Process process, List<String> lines) throws IOException {
		BufferedReader reader = process.inputReader();
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			lines.add(line);
			if (line.startsWith("port ") || line.startsWith("The ") || line.startsWith("Install ")
					|| line.startsWith("Let ")) {
				return line;
			}
		}
		return "";
	}

	static final class Application {

		private Application() {
		}

		public static void main(String[] args) throws InterruptedException {
			try {
				EmbeddedRedis redis = started(Integer.getInteger("port", 0));
				System.out.println("port " + redis.getStandalone().getPort());
			}
			catch (EmbeddedRedisException ex) {
				System.out.println(ex.getMessage());
				System.out.println(ex.getAction());
				return;
			}
			Thread.currentThread().join(Duration.ofMinutes(1).toMillis());
		}

	}

}
