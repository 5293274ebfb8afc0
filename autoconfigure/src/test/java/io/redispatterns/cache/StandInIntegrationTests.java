package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a node serves of its own while the server hangs, with a time that no test sees the
 * end of.
 */
class StandInIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private static RedisCacheAside cache;

	private final String key;

	StandInIntegrationTests(TestInfo test) {
		this.key = test.getTestMethod().orElseThrow().getName();
	}

	@BeforeAll
	static void start() {
		node = CacheNode.start(redis.springProperties(),
				List.of("redis.cache.defaults.outage-time-to-live=10m", "redis.cache.defaults.max-value-size=100B"));
		cache = (RedisCacheAside) node.cache("away");
		await().until(RedisIsRead::now);
		redis.server().freeze();
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@Test
	void servesWhatWasLoadedToEveryReader() {
		long before = cache.statistics().of(Event.STOOD_IN);
		assertThat(cache.get(this.key, () -> "loaded")).isEqualTo("loaded");
		assertThat(cache.get(this.key, () -> "again")).isEqualTo("loaded");
		assertThat(cache.get(this.key).get()).isEqualTo("loaded");
		assertThat(cache.retrieve(this.key).join()).isNotNull();
		assertThat(cache.retrieve(this.key, () -> CompletableFuture.completedFuture("again")).join())
			.isEqualTo("loaded");
		assertThat(cache.getAll(List.of("none", this.key))).isEqualTo(Map.of(this.key, "loaded"));
		assertThat(cache.statistics().of(Event.STOOD_IN) - before).isEqualTo(5);
	}

	@Test
	void servesWhatWasRetrieved() {
		assertThat(cache.retrieve(this.key, () -> CompletableFuture.completedFuture("loaded")).join())
			.isEqualTo("loaded");
		assertThat(cache.get(this.key).get()).isEqualTo("loaded");
	}

	@Test
	void servesACachedNull() {
		assertThat(cache.<String>get(this.key, () -> null)).isNull();
		assertThat(cache.get(this.key)).isNotNull();
		assertThat(cache.get(this.key, () -> "again")).isNull();
	}

	@Test
	void servesWhatCouldNotBePut() {
		cache.put(this.key, "put");
		assertThat(cache.get(this.key, () -> "loaded")).isEqualTo("put");
		cache.put(this.key, "newer");
		assertThat(cache.get(this.key, () -> "loaded")).isEqualTo("newer");
	}

	@Test
	void sharesNoObjectBetweenReaders() {
		List<String> loaded = cache.get(this.key, () -> new ArrayList<>(List.of("a")));
		loaded.add("mine");
		List<String> other = cache.get(this.key, () -> new ArrayList<>());
		assertThat(other).containsExactly("a");
		other.add("other's");
		assertThat(cache.get(this.key).get()).isEqualTo(List.of("a"));
	}

	@Test
	void keepsNothingThatCannotBeStored() {
		assertThat(cache.get(this.key, () -> "x".repeat(200))).hasSize(200);
		assertThat(cache.get(this.key)).isNull();
		assertThat(cache.get(this.key, Thread::currentThread)).isNotNull();
		assertThat(cache.get(this.key)).isNull();
	}

	@Test
	void keepsNothingThatAWriteHasReplaced() {
		removes((key) -> cache.evict(key));
		removes((key) -> cache.evictIfPresent(key));
		removes((key) -> cache.clear());
		removes((key) -> cache.invalidate());
		removes((key) -> cache.evictTag("any"));
		removes((key) -> cache.putIfAbsent(key, "other"));
		removes((key) -> cache.putAll(Map.of(key, "other")));
		removes((key) -> cache.put(key, "x".repeat(200)));
	}

	private void removes(Consumer<String> write) {
		assertThat(cache.get(this.key, () -> "loaded")).isEqualTo("loaded");
		assertThat(cache.get(this.key)).isNotNull();
		write.accept(this.key);
		assertThat(cache.get(this.key)).isNull();
	}

	@Test
	void keepsNothingThatWasLoadedBeforeAWrite() {
		keepsNothingOfALoadBefore(() -> cache.evict(this.key));
		keepsNothingOfALoadBefore(() -> cache.clear());
	}

	private void keepsNothingOfALoadBefore(Runnable write) {
		assertThat(cache.get(this.key, () -> {
			write.run();
			return "old";
		})).isEqualTo("old");
		assertThat(cache.get(this.key)).isNull();
		assertThat(cache.retrieve(this.key, () -> {
			write.run();
			return CompletableFuture.completedFuture("old");
		}).join()).isEqualTo("old");
		assertThat(cache.get(this.key)).isNull();
	}

	@Test
	void keepsNothingOfATransaction() {
		TransactionSynchronizationManager.initSynchronization();
		TransactionSynchronizationManager.setActualTransactionActive(true);
		try {
			assertThat(cache.get(this.key, () -> "uncommitted")).isEqualTo("uncommitted");
			cache.put(this.key, "uncommitted");
			assertThat(CompletableFuture.supplyAsync(() -> Optional.ofNullable(cache.get(this.key))).join()).isEmpty();
			TransactionSynchronizationUtils.triggerAfterCompletion(TransactionSynchronization.STATUS_ROLLED_BACK);
		}
		finally {
			TransactionSynchronizationManager.clear();
		}
		assertThat(cache.get(this.key)).isNull();
	}

	@Test
	void givesWayToRedisAndLeavesNothingInIt() {
		try (CacheNode other = CacheNode.start(redis.springProperties(),
				List.of("redis.cache.defaults.outage-time-to-live=10m"))) {
			RedisCacheAside recovering = (RedisCacheAside) other.cache("recovering");
			assertThat(recovering.get(this.key, () -> "loaded")).isEqualTo("loaded");
			assertThat(recovering.get(this.key)).isNotNull();
			redis.server().thaw();
			await().atMost(Duration.ofSeconds(20)).until(() -> recovering.get(this.key) == null);
			long hits = recovering.statistics().of(Event.HIT);
			await().until(() -> "stored".equals(recovering.get(this.key, () -> "stored"))
					&& recovering.statistics().of(Event.HIT) > hits);
			long standIns = recovering.statistics().of(Event.STOOD_IN);
			assertThat(recovering.get(this.key).get()).isEqualTo("stored");
			assertThat(recovering.statistics().of(Event.STOOD_IN)).isEqualTo(standIns);
		}
		finally {
			redis.server().freeze();
		}
	}

	/**
	 * Whether the server answers the node.
	 */
	private static final class RedisIsRead {

		static boolean now() {
			long failures = cache.statistics().of(Event.FAILED_READ);
			cache.get("settled", () -> "any");
			return cache.statistics().of(Event.FAILED_READ) == failures;
		}

	}

}
