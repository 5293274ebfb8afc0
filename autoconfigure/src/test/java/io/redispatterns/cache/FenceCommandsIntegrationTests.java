package io.redispatterns.cache;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.redispatterns.Patience;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.test.proxy.FaultProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What transactions cost the server, and how long they wait for it.
 */
class FenceCommandsIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private final TransactionTemplate transaction = new TransactionTemplate(new Transactions());

	@BeforeAll
	static void start() {
		node = CacheNode.start(redis,
				List.of("redis.cache.caches.later.transaction=after-commit", "redis.cache.caches.tagged.tags=#this"));
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	private static RedisCacheAside cache(String name) {
		return (RedisCacheAside) node.cache(name);
	}

	@Test
	void evictionIsAFenceAndARelease() {
		assertThat(scripts(() -> IntStream.range(0, 50).forEach((key) -> {
			cache("one").evict(key);
			cache("two").evict(key);
			cache("two").put(key, "overwritten");
			cache("two").evict(key);
		}))).isEqualTo(200);
	}

	@Test
	void putIsAsMuchAndOneLookAtTheGenerationOfItsCache() {
		assertThat(scripts(() -> IntStream.range(0, 50).forEach((key) -> cache("one").put(key, "value"))))
			.isEqualTo(101);
	}

	@Test
	void clearIsTwoCommands() {
		assertThat(scripts(() -> {
			cache("one").clear();
			cache("one").clear();
		})).isEqualTo(2);
	}

	@Test
	void evictionByTagIsFourCommands() {
		assertThat(scripts(() -> cache("tagged").evictTag("tag"))).isEqualTo(4);
	}

	@Test
	void readsAndRollbacksCostNothing() {
		assertThat(scripts(() -> cache("one").get("absent"))).as("the lease").isEqualTo(1);
		redis.command("CONFIG", "RESETSTAT");
		this.transaction.executeWithoutResult((status) -> {
			cache("one").evict("key");
			status.setRollbackOnly();
		});
		assertThat(commands()).doesNotContainKeys("evalsha", "eval");
	}

	private long scripts(Runnable work) {
		Consumer<Runnable> run = (any) -> this.transaction.executeWithoutResult((status) -> any.run());
		run.accept(work);
		redis.command("CONFIG", "RESETSTAT");
		run.accept(work);
		assertThat(commands()).doesNotContainKeys("eval", "keys", "scan");
		return commands().getOrDefault("evalsha", 0L);
	}

	private static Map<String, Long> commands() {
		Map<String, Long> commands = new HashMap<>(redis.commandStats());
		commands.keySet().removeIf((name) -> name.startsWith("config") || name.equals("info"));
		return commands;
	}

	@Test
	@Tag("timed")
	void evictionsOfSeveralCachesWaitForTwoRoundTrips() {
		try (FaultProxy proxy = redis.server().newProxy();
				CacheNode far = CacheNode.start(redis.springProperties(proxy), Patience.SETTINGS)) {
			Runnable work = () -> this.transaction.executeWithoutResult((status) -> {
				for (int key = 0; key < 100; key++) {
					far.cache("one").evict(key);
					far.cache("two").put(key, "value");
				}
			});
			work.run();
			Duration latency = Duration.ofMillis(150);
			proxy.latency(latency);
			long begun = System.nanoTime();
			work.run();
			Duration taken = Duration.ofNanos(System.nanoTime() - begun);
			proxy.heal();
			assertThat(taken).isBetween(latency.multipliedBy(2), latency.multipliedBy(5));
		}
	}

}
