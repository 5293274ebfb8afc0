package io.redispatterns.redis.resilience;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.redispatterns.Patience;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.test.RedisProcess;
import io.redispatterns.test.RedisTopology;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the kernel promises of commands, for every client and topology.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedisExecutorContract {

	private static final String[] PATIENT = Patience.SETTINGS.toArray(String[]::new);

	private static final LuaScript<Long> HSET = LuaScript.returningNumber(RedisExecutorContract.class, "hset.lua");

	private static final LuaScript<Long> PUSH = LuaScript.returningNumber(RedisExecutorContract.class, "push.lua");

	private static final LuaScript<Long> REMAINING = LuaScript.returningNumber(RedisExecutorContract.class,
			"remaining.lua");

	private static final LuaScript<byte[]> ECHO = LuaScript.returningBytes(RedisExecutorContract.class, "echo.lua");

	private Kernel kernel;

	private RedisExecutor redis;

	private final RedisTopology servers;

	private final String client;

	RedisExecutorContract(RedisTopology servers, String client) {
		this.servers = servers;
		this.client = client;
	}

	@BeforeAll
	void start() {
		this.kernel = Kernel.start(this.servers.springProperties(), this.client, PATIENT);
		this.redis = this.kernel.redis();
	}

	@AfterAll
	void stop() {
		this.kernel.close();
	}

	@Test
	void readsManyKeysInTheirOrder() {
		byte[][] keys = { key(), key(), key(), key() };
		this.redis.await(Kernel.set(this.redis, keys[0], bytes("first"), 60_000));
		this.redis.await(Kernel.set(this.redis, keys[3], bytes("last"), 60_000));
		this.redis.await(this.redis.run(PUSH, new byte[][] { keys[1] }, bytes("a list")));
		assertThat(texts(this.redis.await(this.redis.get(keys)))).containsExactly("first", null, null, "last");
	}

	@Test
	void readsAnEmptyValue() {
		byte[] key = key();
		this.redis.await(Kernel.set(this.redis, key, new byte[0], 60_000));
		assertThat(texts(this.redis.await(this.redis.get(key)))).containsExactly("");
	}

	@Test
	void readsFieldsOfAHashInTheirOrder() {
		byte[] key = key();
		assertThat(texts(this.redis.await(this.redis.getFields(key, bytes("a"), bytes("b"))))).containsExactly(null,
				null);
		this.redis.await(this.redis.run(HSET, new byte[][] { key }, bytes("a"), bytes("first"), bytes("c"), bytes("")));
		assertThat(texts(this.redis.await(this.redis.getFields(key, bytes("c"), bytes("b"), bytes("a")))))
			.containsExactly("", null, "first");
		byte[] other = key();
		this.redis.await(Kernel.set(this.redis, other, bytes("no hash"), 60_000));
		assertThatExceptionOfType(RedisFailureException.class)
			.isThrownBy(() -> this.redis.await(this.redis.getFields(other, bytes("a"))))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(RedisFailureException.Kind.REFUSED));
	}

	@Test
	void limitsTheLifetimeOfAValue() {
		byte[] key = key();
		this.redis.await(Kernel.set(this.redis, key, bytes("value"), 60_000));
		assertThat(this.redis.await(this.redis.run(REMAINING, new byte[][] { key }))).isBetween(1L, 60_000L);
	}

	@Test
	void tellsWhetherThereWasAKeyToRemove() {
		byte[] key = key();
		this.redis.await(Kernel.set(this.redis, key, bytes("value"), 60_000));
		assertThat(this.redis.await(this.redis.unlink(key))).isTrue();
		assertThat(this.redis.await(this.redis.unlink(key))).isFalse();
		assertThat(texts(this.redis.await(this.redis.get(key)))).containsOnlyNulls();
	}

	@Test
	void returnsNumbersBytesAndNilOfScripts() {
		byte[][] keys = { key() };
		assertThat(this.redis.await(this.redis.run(PUSH, keys, bytes("a")))).isEqualTo(1);
		assertThat(this.redis.await(this.redis.run(PUSH, keys, bytes("b")))).isEqualTo(2);
		assertThat(this.redis.await(this.redis.run(ECHO, keys, new byte[] { 0, -1 }))).containsExactly(0, -1);
		assertThat(this.redis.await(this.redis.run(ECHO, keys, new byte[0]))).isEmpty();
		assertThat(this.redis.await(this.redis.run(ECHO, keys))).isNull();
	}

	@Test
	void runsAScriptAndReadsAnotherKey() {
		byte[] key = key();
		byte[] other = key();
		for (boolean known : new boolean[] { false, true }) {
			if (!known) {
				this.servers.processes().forEach((server) -> server.command("SCRIPT", "FLUSH"));
			}
			assertThat(this.redis.await(setAndGet(key, known + " one", key))).isEqualTo("1 " + known + " one");
			assertThat(this.redis.await(setAndGet(other, known + " two", key))).isEqualTo("1 " + known + " one");
			assertThat(this.redis.await(setAndGet(other, "three", key()))).isEqualTo("1 null");
		}
	}

	private CompletableFuture<String> setAndGet(byte[] key, String value, byte[] other) {
		return this.redis.runAndGet(Kernel.SET, new byte[][] { key }, new byte[][] { bytes(value), bytes("60000") },
				other,
				(result, read) -> result + " " + ((read != null) ? new String(read, StandardCharsets.UTF_8) : null));
	}

	@Test
	void tellsTheTimeOfTheServer() {
		long micros = this.redis.await(this.redis.time());
		Instant time = Instant.ofEpochSecond(0, micros * 1000);
		assertThat(Duration.between(time, Instant.now()).abs()).isLessThan(Duration.ofSeconds(10));
		for (int i = 0; i < 30; i++) {
			assertThat(this.redis.await(this.redis.time())).isGreaterThan(micros);
		}
	}

	@Test
	void keepsTheOrderOfCallsThatDoNotWait() {
		assertThat(lastOfManyWrites(this.redis)).isEqualTo("99");
	}

	@Test
	void keepsTheOrderOfCallsBeforeThereIsAConnection() {
		try (Kernel fresh = Kernel.start(this.servers.springProperties(), this.client, PATIENT)) {
			assertThat(lastOfManyWrites(fresh.redis())).isEqualTo("99");
		}
	}

	private String lastOfManyWrites(RedisExecutor redis) {
		// A script that a server does not know yet is overtaken
		this.servers.processes().forEach((server) -> server.command("SCRIPT", "LOAD", Kernel.SET.text()));
		byte[] key = key();
		List<CompletableFuture<?>> replies = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			replies.add(Kernel.set(redis, key, bytes(String.valueOf(i)), 60_000));
		}
		byte[][] values = redis.await(redis.get(key));
		replies.forEach(redis::await);
		return new String(values[0], StandardCharsets.UTF_8);
	}

	@Test
	void runsScriptsThatTheServerForgets() throws Exception {
		List<RedisProcess> masters = this.servers.processes()
			.stream()
			.filter((process) -> process.info("replication").get("role").equals("master"))
			.toList();
		ExecutorService callers = Executors.newFixedThreadPool(2);
		List<Future<?>> calls = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			byte[][] keys = { key() };
			calls.add(callers.submit(() -> {
				for (long n = 1; n <= 150; n++) {
					assertThat(this.redis.await(this.redis.run(PUSH, keys, bytes("x")))).isEqualTo(n);
				}
			}));
		}
		callers.shutdown();
		while (!callers.isTerminated()) {
			masters.forEach((master) -> master.command("SCRIPT", "FLUSH"));
		}
		for (Future<?> call : calls) {
			call.get(10, TimeUnit.SECONDS);
		}
		assertThat(masters)
			.anySatisfy((master) -> assertThat(master.info("errorstats")).containsKey("errorstat_NOSCRIPT"));
	}

	@Test
	void boundsRepliesWithoutWaiting() {
		byte[] key = key();
		this.redis.await(Kernel.set(this.redis, key, bytes("value"), 60_000));
		CompletableFuture<byte[][]> bounded = this.redis.bounded(this.redis.get(key));
		assertThat(bounded).succeedsWithin(Duration.ofSeconds(10))
			.satisfies((values) -> assertThat(texts(values)).containsExactly("value"));
	}

	@Test
	void failsWithAnErrorOfTheServer() {
		byte[][] list = { key() };
		this.redis.await(Kernel.set(this.redis, list[0], bytes("no list"), 60_000));
		assertThatExceptionOfType(RedisFailureException.class)
			.isThrownBy(() -> this.redis.await(this.redis.run(PUSH, list, bytes("x"))))
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(RedisFailureException.Kind.REFUSED));
	}

	private static List<@Nullable String> texts(@Nullable byte[][] values) {
		return Arrays.stream(values)
			.map((value) -> (value != null) ? new String(value, StandardCharsets.UTF_8) : null)
			.toList();
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] key() {
		return bytes("kernel:" + UUID.randomUUID());
	}

}
