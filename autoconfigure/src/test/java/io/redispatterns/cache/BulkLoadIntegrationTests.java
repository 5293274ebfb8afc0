package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.redispatterns.cache.flight.LoadTimeoutException;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.cache.Cache.ValueRetrievalException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Reads of many keys that load what is missing.
 */
class BulkLoadIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private final RedisCacheAside cache = (RedisCacheAside) node.cache("many");

	private final String key = UUID.randomUUID().toString();

	private final List<List<String>> asked = Collections.synchronizedList(new ArrayList<>());

	@BeforeAll
	static void start() {
		node = CacheNode.start(redis,
				List.of("redis.cache.caches.limited.load-timeout.hard=100ms",
						"redis.cache.caches.single.load-concurrency=1", "redis.cache.caches.stale.time-to-live=50ms",
						"redis.cache.caches.stale.jitter=0", "redis.cache.caches.stale.early-refresh=0",
						"redis.cache.caches.stale.stale-if-error=1m"));
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@Test
	void loadsWhatIsMissingInOneCallAndStoresIt() {
		this.cache.put(key(1), "cached");
		Map<String, String> found = this.cache.getAll(keys(1, 2, 3, 2), this::load);
		assertThat(this.asked).containsExactly(keys(2, 3));
		assertThat(found).containsExactly(Map.entry(key(1), "cached"), Map.entry(key(2), "loaded"),
				Map.entry(key(3), "loaded"));
		assertThat(this.cache.getAll(keys(1, 2, 3))).isEqualTo(found);
		assertThat(this.cache.getAll(List.<String>of(), this::load)).isEmpty();
		assertThat(this.cache.getAll(keys(3, 2, 1), this::load)).isEqualTo(found);
		assertThat(this.asked).hasSize(1);
	}

	@Test
	void loadsWithoutHoldingAnybodyUp() {
		this.cache.put(key(1), "cached");
		assertThat(this.cache.<String, String>retrieveAll(keys(1, 2), this::loadLater))
			.succeedsWithin(Duration.ofSeconds(10))
			.isEqualTo(Map.of(key(1), "cached", key(2), "loaded"));
		assertThat(this.asked).containsExactly(keys(2));
		assertThat(this.cache.getAll(keys(1, 2))).hasSize(2);
	}

	@Test
	void takesWhatTheLoaderDoesNotBringForNullAndIgnoresTheRest() {
		Map<String, String> found = this.cache.getAll(keys(1, 2), (missing) -> Map.of(key(1), "one", key(9), "more"));
		assertThat(found).containsEntry(key(1), "one").containsEntry(key(2), null).hasSize(2);
		assertThat(this.cache.get(key(2))).as("null is cached").isNotNull();
		assertThat(this.cache.get(key(9))).isNull();
		try (CacheNode without = CacheNode.start(redis, List.of("spring.cache.redis.cache-null-values=false"))) {
			BulkCache cache = (BulkCache) without.cache("without");
			assertThat(cache.getAll(keys(1), (missing) -> Map.of())).containsEntry(key(1), null);
			assertThat(cache.getAll(keys(1), this::load)).as("null is not cached").containsEntry(key(1), "loaded");
		}
	}

	@Test
	void failsWithWhatTheLoaderThrewAndStoresNothing() {
		IllegalStateException failure = new IllegalStateException("expected");
		assertThatExceptionOfType(ValueRetrievalException.class)
			.isThrownBy(() -> this.cache.getAll(keys(1, 2), (missing) -> {
				throw failure;
			}))
			.withCause(failure);
		assertThat(this.cache.<String, String>retrieveAll(keys(1, 2),
				(missing) -> CompletableFuture.failedFuture(failure)))
			.failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCause(failure);
		assertThat(this.cache.getAll(keys(1, 2))).isEmpty();
		assertThat(this.cache.getAll(keys(1, 2), this::load)).as("nobody waits for a lease").hasSize(2);
	}

	@Test
	void sharesItsLoadWithOneWhoReadsOne() throws Exception {
		CountDownLatch loading = new CountDownLatch(1);
		CountDownLatch joined = new CountDownLatch(1);
		CompletableFuture<Map<String, String>> many = async(() -> this.cache.getAll(keys(1, 2), (missing) -> {
			loading.countDown();
			assertThat(joined.await(10, TimeUnit.SECONDS)).isTrue();
			return load(missing);
		}));
		assertThat(loading.await(10, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<String> later = this.cache.retrieve(key(2), () -> CompletableFuture.completedFuture("own"));
		CompletableFuture<Map<String, String>> both = this.cache.retrieveAll(keys(2, 3), this::loadLater);
		assertThat(both).failsWithin(Duration.ofMillis(300));
		joined.countDown();
		assertThat(later).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("loaded");
		assertThat(both).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Map.of(key(2), "loaded", key(3), "loaded"));
		assertThat(many).succeedsWithin(Duration.ofSeconds(10));
		assertThat(this.asked).containsExactlyInAnyOrder(keys(1, 2), keys(3));
	}

	@Test
	void sharesTheLoadOfOneWhoReadsOne() throws Exception {
		CountDownLatch loading = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		CompletableFuture<String> one = async(() -> this.cache.get(key(2), () -> {
			loading.countDown();
			assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
			return "one";
		}));
		assertThat(loading.await(10, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Map<String, String>> many = async(() -> this.cache.getAll(keys(1, 2, 3), (missing) -> {
			end.countDown();
			return load(missing);
		}));
		assertThat(many).succeedsWithin(Duration.ofSeconds(10))
			.satisfies((found) -> assertThat(found).containsEntry(key(1), "loaded")
				.containsEntry(key(2), "one")
				.containsEntry(key(3), "loaded"));
		assertThat(one).isCompletedWithValue("one");
		assertThat(this.asked).containsExactly(keys(1, 3));
	}

	@Test
	void loadsWhatAnotherHasFailedToLoad() throws Exception {
		CountDownLatch loading = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		CompletableFuture<String> one = async(() -> this.cache.get(key(2), () -> {
			loading.countDown();
			assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
			throw new IllegalStateException("expected");
		}));
		assertThat(loading.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.cache.getAll(keys(1, 2), (missing) -> {
			end.countDown();
			return load(missing);
		})).containsEntry(key(1), "loaded").containsEntry(key(2), "loaded");
		assertThat(one).failsWithin(Duration.ofSeconds(10));
		assertThat(this.asked).containsExactly(keys(1), keys(2));
	}

	@Test
	void loadersMayAskForWhatIsLoadedAroundThem() {
		RedisCacheAside single = (RedisCacheAside) node.cache("single");
		assertThat(single.getAll(keys(1, 2), (missing) -> {
			assertThat(single.<String>get(key(1), () -> "inner")).isEqualTo("inner");
			assertThat(single.getAll(keys(2, 3), this::load)).hasSize(2);
			return load(missing);
		})).containsEntry(key(1), "loaded").hasSize(2);
		assertThat(single.<String, String>retrieveAll(keys(4, 5),
				(missing) -> single.<String, String>retrieveAll(keys(5, 6), this::loadLater)))
			.succeedsWithin(Duration.ofSeconds(4));
	}

	@Test
	void storesNothingThatWasLoadedBeforeAnEviction() {
		assertThat(this.cache.getAll(keys(1, 2), (missing) -> {
			this.cache.evict(key(1));
			return load(missing);
		})).hasSize(2);
		assertThat(this.cache.getAll(keys(1, 2))).containsOnlyKeys(key(2));
	}

	@Test
	void waitsNoLongerThanForOne() {
		RedisCacheAside limited = (RedisCacheAside) node.cache("limited");
		CountDownLatch end = new CountDownLatch(1);
		assertThatExceptionOfType(ValueRetrievalException.class)
			.isThrownBy(() -> limited.getAll(keys(1, 2), (missing) -> {
				assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
				return load(missing);
			}))
			.withCauseInstanceOf(LoadTimeoutException.class);
		CompletableFuture<Map<String, String>> second = async(() -> limited.getAll(keys(1, 2), this::load));
		assertThat(second).failsWithin(Duration.ofSeconds(10));
		end.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(limited.getAll(keys(1, 2))).hasSize(2));
		assertThat(this.asked).containsExactly(keys(1, 2));
	}

	@Test
	void servesWhatHasExpiredWhenItsLoadFails() {
		RedisCacheAside stale = (RedisCacheAside) node.cache("stale");
		stale.putAll(Map.of(key(1), "old", key(2), "old"));
		Awaitility.await().until(() -> stale.getAll(keys(1, 2)).isEmpty());
		BulkLoader<String, String> failing = (missing) -> {
			throw new IllegalStateException("expected");
		};
		assertThatExceptionOfType(ValueRetrievalException.class).isThrownBy(() -> stale.getAll(keys(1, 2, 3), failing));
		assertThat(stale.getAll(keys(1, 2), failing)).isEqualTo(Map.of(key(1), "old", key(2), "old"));
		assertThat(stale.getAll(keys(1, 2), this::load)).as("its source is spared").containsValue("old");
	}

	private Map<String, String> load(List<String> keys) {
		this.asked.add(keys);
		Map<String, String> loaded = new HashMap<>();
		keys.forEach((key) -> loaded.put(key, "loaded"));
		return loaded;
	}

	private CompletableFuture<Map<String, String>> loadLater(List<String> keys) {
		return CompletableFuture.completedFuture(new LinkedHashMap<>(load(keys)));
	}

	private String key(int number) {
		return this.key + number;
	}

	private List<String> keys(Integer... numbers) {
		return List.of(numbers).stream().map(this::key).toList();
	}

	private static <T> CompletableFuture<T> async(Supplier<T> call) {
		return CompletableFuture.supplyAsync(call, (task) -> new Thread(task).start());
	}

}
