package io.redispatterns.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.redispatterns.redis.AvailabilityHealthIndicator;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.test.source.Ports;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A server that speaks TLS and wants certificates of its clients, and both clients of the
 * starter.
 */
@ExtendWith(OutputCaptureExtension.class)
class TlsIntegrationTests {

	@TempDir
	static Path directory;

	private static final int PORT = Ports.random();

	private static Certificates certificates;

	private static Certificates others;

	private static StandaloneRedis redis;

	@BeforeAll
	static void start() throws Exception {
		certificates = new Certificates("ours");
		others = new Certificates("others");
		certificates.writeServer(directory);
		redis = StandaloneRedis.start("--tls-port", String.valueOf(PORT), "--tls-cert-file", file("server.pem"),
				"--tls-key-file", file("server.key"), "--tls-ca-cert-file", file("clients.pem"));
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@BeforeEach
	void restore() throws Exception {
		certificates.writeClient(directory);
		present(certificates.server());
		trust(certificates.authority());
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void speaksNothingButTlsToTheServer(String client) {
		try (EveryPattern application = start("spring.data.redis.client-type=" + client).connected()) {
			application.useCaches(1);
			application.useNear(1);
			application.useWriteBehind(1);
			application.useLocks(redis);
			assertThat(clients()).isNotEmpty().allMatch((line) -> line.contains(" laddr=127.0.0.1:" + PORT + " "));
		}
	}

	@Test
	void refusesAnExpiredCertificate(CapturedOutput output) throws Exception {
		present(certificates.expiredServer());
		assertRefused(output, "NotAfter");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void refusesTheCertificateOfAnotherHost(String client, CapturedOutput output) throws Exception {
		present(certificates.server((builder) -> builder.addSanDnsName("redis.example")));
		assertRefused(output, "No subject alternative names", "spring.data.redis.client-type=" + client);
	}

	@Test
	void refusesTheCertificateOfAnotherAuthority(CapturedOutput output) throws Exception {
		present(others.server());
		assertRefused(output, "unable to find valid certification path");
	}

	@Test
	void saysThatTheServerWantsACertificate(CapturedOutput output) {
		assertRefused(output, "certificate", "spring.data.redis.ssl.bundle=anonymous",
				"spring.ssl.bundle.pem.anonymous.truststore.certificate=file:" + file("servers.pem"));
	}

	@Test
	void presentsARenewedCertificateWithoutARestart() throws Exception {
		try (EveryPattern application = start("spring.ssl.bundle.pem.redis.reload-on-update=true",
				"spring.ssl.bundle.watch.file.quiet-period=200ms")
			.connected()) {
			application.useLocks(redis);
			others.writeClient(directory);
			present(others.server());
			trust(others.authority());
			redis.command("CLIENT", "KILL", "TYPE", "normal");
			EveryPattern.await().until(() -> {
				application.useCaches(1);
				return application.get(RedisExecutor.class).availability().outage() == null;
			});
			application.useLocks(redis);
		}
	}

	private static void assertRefused(CapturedOutput output, String cause, String... properties) {
		try (EveryPattern application = start(properties)) {
			RedisExecutor executor = application.get(RedisExecutor.class);
			assertThatExceptionOfType(RedisFailureException.class).isThrownBy(() -> executor.await(executor.time()));
			EveryPattern.await().until(() -> executor.availability().outage() != null);
			application.useCaches(1);
			assertThat(application.shop().track(1)).isEqualTo(EveryPattern.Track.of(1));
			assertThat(String.valueOf(application.get(AvailabilityHealthIndicator.class).health(true)))
				.contains("DEGRADED");
			assertThat(clients()).isEmpty();
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("Redis does not answer")))
			.hasSizeBetween(1, 2)
			.last()
			.asString()
			.contains("'spring.data.redis.ssl.bundle'", cause);
	}

	private static List<String> clients() {
		return String.valueOf(redis.command("CLIENT", "LIST"))
			.lines()
			.filter((line) -> !line.contains(" cmd=client") && !line.contains(" cmd=NULL "))
			.toList();
	}

	private static EveryPattern start(String... more) {
		Map<String, String> properties = new LinkedHashMap<>(redis.springProperties());
		properties.put("spring.data.redis.port", String.valueOf(PORT));
		properties.put("spring.data.redis.ssl.bundle", "redis");
		properties.put("spring.ssl.bundle.pem.redis.truststore.certificate", "file:" + file("servers.pem"));
		properties.put("spring.ssl.bundle.pem.redis.keystore.certificate", "file:" + file("client.pem"));
		properties.put("spring.ssl.bundle.pem.redis.keystore.private-key", "file:" + file("client.key"));
		return EveryPattern.start(properties, more);
	}

	private static void present(String certificate) throws Exception {
		Files.writeString(directory.resolve("server.pem"), certificate);
		redis.command("CONFIG", "SET", "tls-cert-file", file("server.pem"));
	}

	private static void trust(String authority) throws Exception {
		Files.writeString(directory.resolve("clients.pem"), authority);
		redis.command("CONFIG", "SET", "tls-ca-cert-file", file("clients.pem"));
	}

	private static String file(String name) {
		return directory.resolve(name).toString();
	}

}
