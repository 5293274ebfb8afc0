package io.redispatterns.sample;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * A PostgreSQL server of its own. PostgreSQL refuses to run as root: for root it runs in
 * a user namespace, and where that is not allowed, as in most containers, as user nobody.
 */
final class TestPostgres implements AutoCloseable {

	private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534",
			"--clear-groups");

	private final String jdbcUrl;

	private final AutoCloseable server;

	private TestPostgres(String jdbcUrl, AutoCloseable server) {
		this.jdbcUrl = jdbcUrl;
		this.server = server;
	}

	static TestPostgres start() throws IOException, InterruptedException {
		boolean root = "root".equals(System.getProperty("user.name"));
		if (root && process(List.of("unshare", "-U", "true")).start().waitFor() != 0) {
			return startAsNobody();
		}
		EmbeddedPostgres postgres = EmbeddedPostgres.builder()
			.setOverrideWorkingDirectory(new File("target/postgres"))
			.start();
		return new TestPostgres(postgres.getJdbcUrl("postgres", "postgres"), postgres);
	}

	String jdbcUrl() {
		return this.jdbcUrl;
	}

	@Override
	public void close() throws Exception {
		this.server.close();
	}

	private static TestPostgres startAsNobody() throws IOException, InterruptedException {
		Path home = Files.createTempDirectory("shop-postgres");
		Path binaries = extract(home);
		String data = Files.createDirectory(home.resolve("data")).toString();
		run(List.of("chmod", "755", home.toString()));
		run(List.of("chown", "65534:65534", data));
		run(asNobody(binaries.resolve("initdb"), "-A", "trust", "-U", "postgres", "-E", "UTF-8", "-D", data));
		int port = freePort();
		Process server = process(
				asNobody(binaries.resolve("postgres"), "-D", data, "-p", String.valueOf(port), "-F", "-k", ""))
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
		String jdbcUrl = "jdbc:postgresql://localhost:%d/postgres?user=postgres".formatted(port);
		await().atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.untilAsserted(() -> DriverManager.getConnection(jdbcUrl).close());
		return new TestPostgres(jdbcUrl, server::destroy);
	}

	private static Path extract(Path home) throws IOException {
		// It extracts, and is then refused
		assertThatIllegalStateException()
			.isThrownBy(() -> EmbeddedPostgres.builder().setOverrideWorkingDirectory(home.toFile()).start());
		try (Stream<Path> files = Files.walk(home)) {
			return files.filter((file) -> file.endsWith("bin/initdb")).findFirst().orElseThrow().getParent();
		}
	}

	private static List<String> asNobody(Path program, String... arguments) {
		return Stream.of(AS_NOBODY, List.of(program.toString()), List.of(arguments)).flatMap(List::stream).toList();
	}

	private static void run(List<String> command) throws IOException, InterruptedException {
		assertThat(process(command).start().waitFor()).as(command.toString()).isZero();
	}

	private static ProcessBuilder process(List<String> command) {
		return new ProcessBuilder(command).directory(new File("/"))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.INHERIT);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
