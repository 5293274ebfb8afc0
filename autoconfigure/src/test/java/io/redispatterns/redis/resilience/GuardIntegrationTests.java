package io.redispatterns.redis.resilience;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisProcess;
import io.redispatterns.test.SentinelRedis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the guard notices a server that does not answer, what it spares the callers, and
 * how it finds the way back.
 */
class GuardIntegrationTests {

	private static final byte[] KEY = RedisExecutorContract.bytes("kernel:guard");

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void refusesAtOnceWhileTheServerHangs(String client, @Redis StandaloneRedis server) {
		try (Kernel kernel = Kernel.start(server.springProperties(), client)) {
			kernel.awaitAnswer();
			server.server().freeze();
			awaitRefusals(kernel);
			server.server().thaw();
			kernel.awaitAnswer();
			assertThat(guard(kernel).openBreakers()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void makesAConnectionAgainThatIsDead(String client, @Redis(proxied = true) StandaloneRedis server) {
		try (Kernel kernel = Kernel.start(server.springProperties(), client)) {
			kernel.awaitAnswer();
			RedisExecutor redis = kernel.redis();
			server.server().proxy().deadFlow();
			assertThat(kind(redis, redis.get(KEY))).isEqualTo(Kind.TIMEOUT);
			kernel.awaitAnswer();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void refusesASlowServerUntilItIsFast(String client, @Redis(proxied = true) StandaloneRedis server) {
		try (Kernel kernel = Kernel.start(server.springProperties(), client, "redis.resilience.command-timeout=5s")) {
			kernel.awaitAnswer();
			server.server().proxy().latency(Duration.ofMillis(150), Duration.ZERO);
			awaitRefusals(kernel);
			assertThat(guard(kernel).openBreakers()).isEqualTo(1);
			server.server().proxy().heal();
			kernel.awaitAnswer();
		}
	}

	@Test
	void followsSentinelFromAMasterThatHangs(@Redis SentinelRedis servers) {
		try (Kernel kernel = Kernel.start(servers.springProperties(), "lettuce")) {
			kernel.awaitAnswer();
			RedisProcess before = servers.master();
			before.freeze();
			awaitRefusals(kernel);
			kernel.awaitAnswer();
			// The sentinel that is asked here may learn of it later than the one of the
			// client
			Awaitility.await().until(servers::master, (master) -> master != before);
			before.thaw();
			servers.awaitStable();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void looksForTheMasterWhenAReplicaRefusesAWrite(String client, @Redis StandaloneRedis server) {
		try (Kernel kernel = Kernel.start(server.springProperties(), client)) {
			kernel.awaitAnswer();
			server.command("REPLICAOF", "127.0.0.1", "1");
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(kind(kernel.redis(), kernel.redis().unlink(KEY))).isEqualTo(Kind.READONLY));
			assertThat(guard(kernel).renewals()).isPositive();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void keepsToTheOtherServersOfAClusterWhileOneHangs(String client, @Redis ClusterRedis cluster) {
		byte[][] keys = IntStream.range(0, 100)
			.mapToObj((i) -> RedisExecutorContract.bytes("kernel:guard:" + i))
			.toArray(byte[][]::new);
		try (Kernel kernel = Kernel.start(cluster.springProperties(), client)) {
			kernel.awaitAnswer();
			RedisExecutor redis = kernel.redis();
			Awaitility.await().until(() -> Arrays.stream(keys).allMatch((key) -> kind(redis, redis.get(key)) == null));
			RedisProcess hung = cluster.masters().get(0);
			byte[][] elsewhere = Arrays.stream(keys)
				.filter((key) -> cluster.masterOf(new String(key, StandardCharsets.UTF_8)).port() != hung.port())
				.toArray(byte[][]::new);
			hung.freeze();
			assertThat(elsewhere.length).isBetween(1, 99);
			Awaitility.await().until(() -> {
				Arrays.stream(keys).forEach((key) -> kind(redis, redis.get(key)));
				return Arrays.stream(elsewhere).allMatch((key) -> kind(redis, redis.get(key)) == null);
			});
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> Arrays.stream(keys).allMatch((key) -> kind(redis, redis.get(key)) == null));
			hung.thaw();
			cluster.awaitStable();
		}
	}

	@Test
	void stopsItsThreadWithTheApplication(@Redis StandaloneRedis server) {
		Kernel kernel = Kernel.start(server.springProperties(), "lettuce");
		kernel.awaitAnswer();
		assertThat(threads()).isPositive();
		RedisExecutor redis = kernel.redis();
		kernel.close();
		assertThat(kind(redis, redis.get(KEY))).isEqualTo(Kind.AWAY);
		Awaitility.await().until(GuardIntegrationTests::threads, (threads) -> threads == 0);
	}

	private static void awaitRefusals(Kernel kernel) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			RedisExecutor redis = kernel.redis();
			CompletableFuture<?> reply = redis.get(KEY);
			return reply.isDone() && kind(redis, reply) == Kind.AWAY;
		});
	}

	private static @Nullable Kind kind(RedisExecutor redis, CompletableFuture<?> reply) {
		try {
			redis.await(reply);
			return null;
		}
		catch (RedisFailureException ex) {
			return ex.kind();
		}
	}

	private static Guard guard(Kernel kernel) {
		return kernel.bean(AbstractRedisExecutor.class).guard();
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("redis-patterns-guard"))
			.count();
	}

}
