package io.redispatterns.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.redispatterns.cache.lease.Renewal;
import io.redispatterns.test.RedisTopology;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What two nodes that keep entries near see of each other's writes.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class NearCacheContract implements AutoCloseable {

	static final List<String> NEAR = List.of("redis.cache.defaults.near.enabled=true",
			"redis.cache.caches.tagged.tags=#this");

	private final RedisTopology redis;

	private final CacheNode node;

	private final CacheNode other;

	private String key = "";

	NearCacheContract(RedisTopology redis, String... properties) {
		List<String> all = Stream.concat(NEAR.stream(), Stream.of(properties)).toList();
		this.redis = redis;
		this.node = CacheNode.start(redis, all, Transactions.class);
		this.other = CacheNode.start(redis, all, Transactions.class);
		awaitNear(this.node);
		awaitNear(this.other);
	}

	/**
	 * Wait until a node serves what it keeps.
	 */
	static void awaitNear(CacheNode node) {
		awaitNear(node, node);
	}

	/**
	 * Wait until a node serves what it keeps and another has written: now and then anew,
	 * as a writer that does not know the time of its server yet writes what nobody keeps.
	 */
	static void awaitNear(CacheNode writer, CacheNode reader) {
		RedisCacheAside cache = (RedisCacheAside) reader.cache("trusted");
		long before = cache.near().hits();
		AtomicInteger looks = new AtomicInteger();
		await().atMost(Duration.ofSeconds(30))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> {
				if (looks.getAndIncrement() % 10 == 0) {
					writer.cache("trusted").put("any", "value");
				}
				cache.get("any");
				return cache.near().hits() > before;
			});
	}

	@Override
	public void close() {
		this.other.close();
		this.node.close();
	}

	@BeforeEach
	void useAnotherKey() {
		this.key = UUID.randomUUID().toString();
	}

	/**
	 * Let a node keep a value that it has put itself, so that no message is on its way.
	 */
	private Cache kept(String name, Object key, @Nullable Object value) {
		Cache cache = this.node.cache(name);
		// Not before the time of its server is known
		await().until(() -> {
			cache.put(key, value);
			assertThat(cache.get(key)).extracting(Cache.ValueWrapper::get).isEqualTo(value);
			return isNear(cache, key);
		});
		return cache;
	}

	private static boolean isNear(Cache cache, Object key) {
		return ((RedisCacheAside) cache).near().find(key) != null;
	}

	static Stream<Object> keys() {
		return Stream.of(1, 2L, "text", "{%}", "ü", "long".repeat(100), UUID.randomUUID(), Thread.State.NEW,
				new SimpleKey("one", 2), List.of("a", 1), 'c', -5, Long.MIN_VALUE, "i5", 1.5);
	}

	@Test
	void isLoadedAgainWithinARenewal() throws Exception {
		Cache cache = kept("keys", this.key, "value");
		assertThat(Renewal.of(() -> cache.get(this.key, () -> "loaded"))).isEqualTo("loaded");
		assertThat(cache.get(this.key, () -> "again")).isEqualTo("loaded");
		assertThat(Renewal.of(() -> cache.retrieve(this.key, () -> CompletableFuture.completedFuture("later")).get()))
			.isEqualTo("later");
		assertThat(Renewal.of(() -> cache.get(this.key))).as("a miss, which a put may follow").isNull();
		assertThat(cache.get(this.key, String.class)).isEqualTo("later");
	}

	@ParameterizedTest
	@MethodSource("keys")
	void hitMakesNoCallForAnyKeyAndEvictionOfAnotherNodeIsSeen(Object key) {
		Cache cache = kept("keys", key, "value");
		Map<String, Long> before = this.redis.commandStats();
		assertThat(cache.get(key, String.class)).isEqualTo("value");
		assertThat(cache.get(key, () -> "loaded")).isEqualTo("value");
		assertThat(cache.retrieve(key)).isCompleted();
		assertThat(cache.retrieve(key, () -> CompletableFuture.completedFuture("loaded")))
			.isCompletedWithValue("value");
		assertThat(((BulkCache) cache).getAll(List.of(key))).containsEntry(key, "value");
		assertThat(reads(before)).isZero();
		this.other.cache("keys").evict(key);
		await().until(() -> !isNear(cache, key));
		assertThat(cache.get(key)).isNull();
	}

	private long reads(Map<String, Long> before) {
		Map<String, Long> after = this.redis.commandStats();
		return Stream.of("get", "mget")
			.mapToLong((name) -> after.getOrDefault(name, 0L) - before.getOrDefault(name, 0L))
			.sum();
	}

	@Test
	void putOfAnotherNodeIsSeen() {
		Cache cache = kept("puts", this.key, "old");
		this.other.cache("puts").put(this.key, "new");
		await().until(() -> "new".equals(cache.get(this.key, String.class)));
	}

	@Test
	void clearOfAnotherNodeIsSeen() {
		Cache cache = kept("cleared", this.key, "old");
		this.other.cache("cleared").clear();
		await().until(() -> !isNear(cache, this.key));
		assertThat(cache.get(this.key)).isNull();
	}

	@Test
	void evictedTagOfAnotherNodeIsSeenAndLeavesOtherTags() {
		String untagged = this.key + "-other";
		Cache cache = kept("tagged", this.key, "red");
		kept("tagged", untagged, "blue");
		((TaggedCache) this.other.cache("tagged")).evictTag("red");
		await().until(() -> !isNear(cache, this.key));
		assertThat(cache.get(this.key)).isNull();
		assertThat(isNear(cache, untagged)).isTrue();
	}

	@Test
	void commitOfAnotherNodeIsSeen() {
		Cache cache = kept("committed", this.key, "old");
		Cache written = this.other.cache("committed");
		new TransactionTemplate(this.other.get(Transactions.class))
			.executeWithoutResult((status) -> written.put(this.key, "new"));
		await().until(() -> "new".equals(cache.get(this.key, String.class)));
	}

	@Test
	void putIfAbsentOfAnotherNodeIsSeen() {
		Cache cache = kept("absent", this.key, "old");
		this.other.cache("absent").evictIfPresent(this.key);
		await().until(() -> !isNear(cache, this.key));
		assertThat(this.other.cache("absent").putIfAbsent(this.key, "new")).isNull();
		await().until(() -> "new".equals(cache.get(this.key, String.class)));
	}

	@Test
	void ownWritesAreSeenAtOnce() {
		Cache cache = kept("own", this.key, "0");
		for (int i = 1; i <= 200; i++) {
			cache.put(this.key, "" + i);
			assertThat(cache.get(this.key, String.class)).isEqualTo("" + i);
		}
		cache.evict(this.key);
		assertThat(cache.get(this.key)).isNull();
		cache.put(this.key, "again");
		assertThat(cache.get(this.key, String.class)).isEqualTo("again");
		cache.clear();
		assertThat(cache.get(this.key)).isNull();
	}

	@Test
	void ownCommitIsSeenAtOnce() {
		Cache cache = kept("own", this.key, "old");
		new TransactionTemplate(this.node.get(Transactions.class)).executeWithoutResult((status) -> {
			cache.put(this.key, "new");
			assertThat(cache.get(this.key, String.class)).isEqualTo("new");
		});
		assertThat(cache.get(this.key, String.class)).isEqualTo("new");
	}

	@Test
	void cachedNullIsKept() {
		Cache cache = kept("nulls", this.key, null);
		assertThat(cache.get(this.key)).isNotNull().extracting(Cache.ValueWrapper::get).isNull();
	}

	@Test
	void missingKeysOfManyAreReadTogether() {
		Cache cache = kept("many", this.key, "one");
		String second = this.key + "-2";
		kept("many", second, "two");
		((RedisCacheAside) cache).near().flush();
		cache.get(this.key);
		Collection<Object> asked = List.of(this.key, second, this.key + "-3");
		assertThat(((BulkCache) cache).getAll(asked)).containsOnly(Map.entry(this.key, "one"),
				Map.entry(second, "two"));
		assertThat(isNear(cache, second)).isTrue();
	}

}
