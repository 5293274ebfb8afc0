package io.redispatterns.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class StandaloneRedisIntegrationTests {

	@Redis
	static StandaloneRedis ofClass;

	static StandaloneRedis ofBeforeAll;

	@BeforeAll
	static void remember(StandaloneRedis redis) {
		ofBeforeAll = redis;
	}

	@Test
	void answersWithStringsNumbersListsAndNull() {
		assertThat(ofClass.command("SET", "name", "Grüße")).isEqualTo("OK");
		assertThat(ofClass.command("GET", "name")).isEqualTo("Grüße");
		assertThat(ofClass.command("INCR", "count")).isEqualTo(1L);
		assertThat(ofClass.command("MGET", "count", "none")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsExactly("1", null);
	}

	@Test
	void namesCommandThatIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> ofClass.command("GET"))
			.withMessageStartingWith("'GET' was refused: ERR wrong number of arguments");
	}

	@Test
	void handsServerOfWiderScopeToParameter(StandaloneRedis redis) {
		assertThat(redis).isSameAs(ofBeforeAll).isNotSameAs(ofClass);
	}

	@Test
	void comesBackEmptyOnSamePortAfterKill(@Redis({ "--maxmemory", "64mb" }) StandaloneRedis redis) {
		redis.command("SET", "key", "value");
		int port = redis.port();
		redis.server().kill();
		assertThat(redis.server().isRunning()).isFalse();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> redis.command("PING"));
		redis.server().restart();
		assertThat(redis.port()).isEqualTo(port);
		assertThat(redis.command("GET", "key")).isNull();
		assertThat(redis.command("CONFIG", "GET", "maxmemory")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.contains("67108864");
	}

	@Test
	void acceptsButDoesNotAnswerWhileFrozen(@Redis({ "--maxmemory", "32mb" }) StandaloneRedis redis)
			throws IOException {
		redis.server().freeze();
		assertThat(redis.server().isRunning()).isFalse();
		try (Socket socket = new Socket(redis.host(), redis.port())) {
			socket.setSoTimeout(200);
			socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(socket.getInputStream()::read);
			redis.server().thaw();
			assertThat(redis.server().isRunning()).isTrue();
			assertThat(socket.getInputStream().read()).isEqualTo('+');
		}
	}

	@Test
	void sendsCommandAgainWhenConnectionWasClosed() {
		ofClass.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no");
		assertThat(ofClass.command("PING")).isEqualTo("PONG");
	}

	@Test
	void keepsDataOverRestartWhenItIsPersisted(
			@Redis({ "--appendonly", "yes", "--appendfsync", "always" }) StandaloneRedis redis) {
		redis.command("SET", "key", "value");
		redis.server().restart();
		assertThat(redis.command("GET", "key")).isEqualTo("value");
	}

	@Test
	void givesPasswordToApplicationAndToCommands(@Redis({ "--requirepass", "secret" }) StandaloneRedis redis) {
		assertThat(redis.command("PING")).isEqualTo("PONG");
		assertThat(redis.springProperties()).containsEntry("spring.data.redis.password", "secret");
	}

	@Test
	void countsCalls() {
		ofClass.command("CONFIG", "RESETSTAT");
		ofClass.command("GET", "a");
		ofClass.command("GET", "b");
		assertThat(ofClass.commandStats()).containsEntry("get", 2L);
		assertThat(ofClass.springProperties()).isEqualTo(Map.of("spring.data.redis.host", "127.0.0.1",
				"spring.data.redis.port", String.valueOf(ofClass.port())));
	}

	@Test
	void letsTestsUseDebugCommands() {
		ofClass.command("FLUSHALL");
		ofClass.command("DEBUG", "POPULATE", "100");
		assertThat(ofClass.command("DBSIZE")).isEqualTo(100L);
	}

}
