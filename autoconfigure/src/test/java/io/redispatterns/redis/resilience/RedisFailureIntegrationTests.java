package io.redispatterns.redis.resilience;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a caller gets of a server that is away, hung, full, read-only or closed to it: one
 * exception, in time, of the right kind and without a secret.
 */
class RedisFailureIntegrationTests {

	private static final byte[] KEY = RedisExecutorContract.bytes("canary-key");

	private static final byte[] VALUE = RedisExecutorContract.bytes("canary-value");

	private static final String PATIENT = "redis.resilience.command-timeout=10s";

	@ParameterizedTest
	@CsvSource({ "lettuce, port", "jedis, port", "lettuce, cluster.nodes" })
	void isAwayWhenNothingListens(String client, String topology) throws IOException {
		int port = closedPort();
		String address = topology.equals("port") ? String.valueOf(port) : "127.0.0.1:" + port;
		try (Kernel kernel = Kernel.start(Map.of("spring.data.redis." + topology, address), client, PATIENT)) {
			RedisFailureException failure = failure(kernel, (redis) -> redis.get(KEY));
			assertThat(failure.kind()).isEqualTo(Kind.AWAY);
			assertThat(failure).hasMessageStartingWith("No connection to the server: ")
				.hasCauseInstanceOf(RuntimeException.class);
			assertThat(kernel.redis().availability().outage()).isNotNull();
		}
	}

	@Test
	void boundsTheWaitForAServerThatHangs(@Redis StandaloneRedis server) throws Exception {
		try (Kernel kernel = Kernel.start(server.springProperties(), "lettuce")) {
			kernel.awaitAnswer();
			server.server().freeze();
			assertThat(kindsOfManyCallers(kernel.redis(), Duration.ofSeconds(5))).containsOnly(Kind.TIMEOUT);
			server.server().thaw();
			kernel.awaitAnswer();
		}
	}

	@Test
	void boundsTheWaitForAServerThatHangsAtStart(@Redis StandaloneRedis server) throws Exception {
		server.server().freeze();
		try (Kernel kernel = Kernel.start(server.springProperties(), "lettuce")) {
			assertThat(kindsOfManyCallers(kernel.redis(), Duration.ofSeconds(5))).isSubsetOf(Kind.TIMEOUT, Kind.AWAY);
			assertThat(Kernel.connectThreads()).isEqualTo(1);
			server.server().thaw();
			kernel.awaitAnswer();
			Awaitility.await().until(Kernel::connectThreads, (threads) -> threads == 0);
		}
	}

	@Test
	void takesItsTimeToConnectForNoOutage(@Redis StandaloneRedis server) {
		server.server().freeze();
		try (Kernel kernel = Kernel.start(server.springProperties(), "lettuce", "redis.resilience.command-timeout=50ms",
				"redis.resilience.connect-timeout=60s")) {
			assertThat(failure(kernel, (redis) -> redis.get(KEY)).kind()).isEqualTo(Kind.TIMEOUT);
			assertThat(kernel.redis().availability().outage()).isNull();
			server.server().thaw();
			kernel.awaitAnswer();
		}
	}

	@Test
	void refusesAtOnceWhileAnAttemptTakesTooLong(@Redis StandaloneRedis server) {
		server.server().freeze();
		try (Kernel kernel = Kernel.start(server.springProperties(), "lettuce", "redis.resilience.command-timeout=60s",
				"redis.resilience.connect-timeout=100ms")) {
			kernel.redis().connect();
			Awaitility.await().untilAsserted(() -> {
				CompletableFuture<?> reply = kernel.redis().get(KEY);
				assertThat(reply).isCompletedExceptionally();
				assertThat(failure(kernel, (redis) -> redis.get(KEY)).kind()).isEqualTo(Kind.AWAY);
			});
			assertThat(kernel.redis().availability().outage()).isNotNull();
		}
	}

	@Test
	void boundsTheWaitOfABlockingClientThatWaitsForever(@Redis StandaloneRedis server) throws Exception {
		try (Kernel kernel = Kernel.start(server.springProperties(), "jedis", "spring.data.redis.timeout=60s")) {
			kernel.awaitAnswer();
			server.server().freeze();
			RedisFailureException failure = failure(kernel, (redis) -> redis.unlink(KEY));
			assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
			assertThat(everythingIn(failure)).doesNotContain("canary");
			assertThat(kindsOfManyCallers(kernel.redis(), Duration.ofSeconds(5))).isSubsetOf(Kind.TIMEOUT, Kind.AWAY);
			server.server().thaw();
			kernel.awaitAnswer();
		}
	}

	@Test
	void closesTheContextWhileAnAttemptHangs(@Redis StandaloneRedis server) {
		server.server().freeze();
		Kernel kernel = Kernel.start(server.springProperties(), "lettuce", "spring.data.redis.timeout=60s");
		kernel.redis().connect();
		Awaitility.await().until(Kernel::connectThreads, (threads) -> threads == 1);
		assertThat(CompletableFuture.runAsync(kernel::close)).succeedsWithin(Duration.ofSeconds(20));
		assertThat(Kernel.connectThreads()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void isRefusedByAFullServer(String client, @Redis StandaloneRedis server) {
		try (Kernel kernel = Kernel.start(server.springProperties(), client, PATIENT)) {
			kernel.awaitAnswer();
			server.command("CONFIG", "SET", "maxmemory", "1");
			assertRefused(kernel, Kind.FULL, "OOM", (redis) -> Kernel.set(redis, KEY, VALUE, 1000));
			assertThat(kernel.redis().availability().outage()).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void isRefusedByAReplica(String client, @Redis StandaloneRedis server) {
		try (Kernel kernel = Kernel.start(server.springProperties(), client, PATIENT)) {
			kernel.awaitAnswer();
			server.command("REPLICAOF", "127.0.0.1", "1");
			assertRefused(kernel, Kind.READONLY, "READONLY", (redis) -> Kernel.set(redis, KEY, VALUE, 1000));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void isRefusedWithoutPermission(String client, @Redis StandaloneRedis server) {
		server.command("ACL", "SETUSER", "canary-user", "on", ">canary-password", "~other:*", "+@all");
		try (Kernel kernel = Kernel.start(server.springProperties(), client, PATIENT,
				"spring.data.redis.username=canary-user", "spring.data.redis.password=canary-password")) {
			kernel.awaitAnswer();
			assertRefused(kernel, Kind.REFUSED, "NOPERM", (redis) -> Kernel.set(redis, KEY, VALUE, 1000));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void isSilentOnArgumentsThatTheServerQuotes(String client,
			@Redis({ "--rename-command", "UNLINK", "HIDDEN" }) StandaloneRedis server) {
		try (Kernel kernel = Kernel.start(server.springProperties(), client, PATIENT)) {
			kernel.awaitAnswer();
			assertRefused(kernel, Kind.REFUSED, "ERR", (redis) -> redis.unlink(KEY));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void isAwayWhenThePasswordIsWrong(String client, @Redis({ "--requirepass", "right" }) StandaloneRedis server) {
		try (Kernel kernel = Kernel.start(server.springProperties(), client, PATIENT,
				"spring.data.redis.password=canary-password")) {
			RedisFailureException failure = failure(kernel, (redis) -> redis.get(KEY));
			assertThat(failure.kind()).isEqualTo(Kind.AWAY);
			assertThat(failure).hasMessageContaining("WRONGPASS").hasNoCause();
			assertThat(everythingIn(failure)).doesNotContain("canary");
		}
	}

	@Test
	void neverWaitsOnTheThreadThatBringsTheReply(@Redis StandaloneRedis server) {
		try (Kernel kernel = Kernel.start(server.springProperties(), "lettuce", PATIENT)) {
			kernel.awaitAnswer();
			RedisExecutor redis = kernel.redis();
			server.command("CLIENT", "PAUSE", "200");
			CompletableFuture<Boolean> inCallback = redis.get(KEY).thenApply((values) -> {
				assertThatExceptionOfType(RedisFailureException.class).isThrownBy(() -> redis.await(redis.get(KEY)));
				return redis.mayWait();
			});
			assertThat(inCallback).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(false);
			CompletableFuture<?> chained = redis.bounded(redis.get(KEY))
				.thenCompose((values) -> redis.bounded(redis.get(KEY)));
			assertThat(chained).succeedsWithin(Duration.ofSeconds(5));
			assertThat(redis.mayWait()).isTrue();
		}
	}

	@Test
	void boundsAReplyOfAServerThatHangs(@Redis StandaloneRedis server) {
		try (Kernel kernel = Kernel.start(server.springProperties(), "lettuce")) {
			kernel.awaitAnswer();
			server.server().freeze();
			CompletableFuture<?> reply = kernel.redis().bounded(kernel.redis().get(KEY));
			assertThat(reply).failsWithin(Duration.ofSeconds(5))
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(RedisFailureException.class)
				.withMessage("No reply within 250 ms");
		}
	}

	private static void assertRefused(Kernel kernel, Kind kind, String code,
			Function<RedisExecutor, CompletableFuture<?>> command) {
		RedisFailureException failure = failure(kernel, command);
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure).hasMessage("The server refused a command: " + code);
		assertThat(everythingIn(failure)).doesNotContain("canary");
	}

	private static RedisFailureException failure(Kernel kernel, Function<RedisExecutor, CompletableFuture<?>> command) {
		RedisExecutor redis = kernel.redis();
		return catchThrowableOfType(RedisFailureException.class, () -> redis.await(command.apply(redis)));
	}

	private static String everythingIn(Throwable failure) {
		StringBuilder text = new StringBuilder();
		for (Throwable each = failure; each != null; each = each.getCause()) {
			text.append(each).append(List.of(each.getSuppressed()));
		}
		return text.toString();
	}

	private static List<@Nullable Kind> kindsOfManyCallers(RedisExecutor redis, Duration bound) throws Exception {
		ExecutorService callers = Executors.newFixedThreadPool(64);
		try {
			List<Future<@Nullable Kind>> calls = new ArrayList<>();
			for (int i = 0; i < 64; i++) {
				calls.add(callers.submit(() -> {
					long begun = System.nanoTime();
					RedisFailureException failure = catchThrowableOfType(RedisFailureException.class,
							() -> redis.await(redis.get(KEY)));
					assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(bound);
					return (failure != null) ? failure.kind() : null;
				}));
			}
			List<@Nullable Kind> kinds = new ArrayList<>();
			for (Future<@Nullable Kind> call : calls) {
				kinds.add(call.get(60, TimeUnit.SECONDS));
			}
			return kinds;
		}
		finally {
			callers.shutdownNow();
		}
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
