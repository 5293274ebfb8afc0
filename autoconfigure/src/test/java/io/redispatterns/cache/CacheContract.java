package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.redispatterns.Patience;
import io.redispatterns.test.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.cache.CacheManager;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What Spring promises of a {@code Cache}, and what this starter promises beyond, for
 * every client and topology. Covers Spring's own contract tests, which are not published.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CacheContract {

	private ConfigurableApplicationContext context;

	private ConfigurableApplicationContext otherNode;

	private Cache cache;

	private Cache cacheOfOtherNode;

	private final RedisTopology servers;

	private final String client;

	CacheContract(RedisTopology servers, String client) {
		this.servers = servers;
		this.client = client;
	}

	@BeforeAll
	void start() {
		this.context = node();
		this.otherNode = node();
		this.cache = cache(this.context, "contract");
		this.cacheOfOtherNode = cache(this.otherNode, "contract");
	}

	@AfterAll
	void stop() {
		this.otherNode.close();
		this.context.close();
	}

	private ConfigurableApplicationContext node() {
		SpringApplication application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(org.springframework.boot.Banner.Mode.OFF)
			.build();
		List<String> arguments = new ArrayList<>(List.of("--redis.namespace=test",
				"--spring.data.redis.client-type=" + this.client, "--redis.cache.caches.tagged.tags=#this"));
		Patience.SETTINGS.forEach((setting) -> arguments.add("--" + setting));
		this.servers.springProperties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
		return application.run(arguments.toArray(String[]::new));
	}

	private static Cache cache(ConfigurableApplicationContext context, String name) {
		return Objects.requireNonNull(context.getBean(CacheManager.class).getCache(name));
	}

	private static String key() {
		return UUID.randomUUID().toString();
	}

	@RepeatedTest(20)
	void seesPutThenEvictThenPut() {
		String key = key();
		this.cache.put(key, "first");
		assertThat(this.cache.get(key, String.class)).isEqualTo("first");
		this.cache.put(key, "second");
		assertThat(this.cache.get(key, String.class)).isEqualTo("second");
		this.cache.evict(key);
		assertThat(this.cache.get(key)).isNull();
		this.cache.put(key, "third");
		assertThat(this.cache.get(key, String.class)).isEqualTo("third");
		assertThat(this.cacheOfOtherNode.get(key, String.class)).isEqualTo("third");
	}

	@Test
	void storesNull() {
		String key = key();
		assertThat(this.cache.get(key)).isNull();
		assertThat(this.cache.get(key, (Class<?>) null)).isNull();
		this.cache.put(key, null);
		ValueWrapper wrapper = this.cache.get(key);
		assertThat(wrapper).isNotNull();
		assertThat(wrapper.get()).isNull();
		assertThat(this.cache.get(key, String.class)).isNull();
		assertThat(this.cache.get(key, () -> "loaded")).isNull();
	}

	@Test
	void refusesAValueOfAnotherTypeThanAskedFor() {
		String key = key();
		this.cache.put(key, "text");
		assertThatIllegalStateException().isThrownBy(() -> this.cache.get(key, Integer.class));
	}

	@Test
	void putsOnlyIfAbsent() {
		String key = key();
		assertThat(this.cache.putIfAbsent(key, "first")).isNull();
		assertThat(this.cache.putIfAbsent(key, "second").get()).isEqualTo("first");
		assertThat(this.cache.get(key, String.class)).isEqualTo("first");
		String nullKey = key();
		assertThat(this.cache.putIfAbsent(nullKey, null)).isNull();
		assertThat(this.cache.putIfAbsent(nullKey, "value").get()).isNull();
	}

	@RepeatedTest(10)
	void letsOneOfManyPutIfAbsent() throws Exception {
		String key = key();
		List<ValueWrapper> answers = inParallel(16, (thread) -> {
			Cache any = (thread % 2 == 0) ? this.cache : this.cacheOfOtherNode;
			return any.putIfAbsent(key, "value " + thread);
		});
		assertThat(answers).filteredOn(Objects::isNull).hasSize(1);
		String winner = this.cache.get(key, String.class);
		assertThat(answers).filteredOn(Objects::nonNull).allSatisfy((it) -> assertThat(it.get()).isEqualTo(winner));
	}

	@Test
	void tellsWhetherItEvicted() {
		String key = key();
		assertThat(this.cache.evictIfPresent(key)).isFalse();
		this.cache.put(key, "value");
		assertThat(this.cache.evictIfPresent(key)).isTrue();
		assertThat(this.cache.evictIfPresent(key)).isFalse();
		this.cache.put(key, "value");
		this.cache.clear();
		assertThat(this.cache.evictIfPresent(key)).isFalse();
	}

	@RepeatedTest(20)
	void clearsForAllNodesAndKeepsWhatIsPutAfterwards() {
		String before = key();
		String after = key();
		this.cache.put(before, "value");
		this.cacheOfOtherNode.clear();
		assertThat(this.cache.get(before)).isNull();
		this.cache.put(after, "value");
		assertThat(this.cache.get(after, String.class)).isEqualTo("value");
		assertThat(this.cacheOfOtherNode.get(after, String.class)).isEqualTo("value");
	}

	@RepeatedTest(20)
	void seesItsPutThoughAnotherNodeHasClearedUnnoticed() {
		String key = key();
		this.cache.get(key());
		this.cacheOfOtherNode.clear();
		this.cache.put(key, "value");
		assertThat(this.cache.get(key, String.class)).isEqualTo("value");
		this.cacheOfOtherNode.invalidate();
		assertThat(this.cache.putIfAbsent(key, "again")).isNull();
		assertThat(this.cacheOfOtherNode.get(key, String.class)).isEqualTo("again");
	}

	@Test
	void loadsWhatIsAbsentAndCachesIt() {
		String key = key();
		assertThat(this.cache.get(key, () -> "loaded")).isEqualTo("loaded");
		assertThat(this.cache.get(key, () -> "again")).isEqualTo("loaded");
		assertThat(this.cacheOfOtherNode.get(key, String.class)).isEqualTo("loaded");
		String nullKey = key();
		assertThat(this.cache.<String>get(nullKey, () -> null)).isNull();
		assertThat(this.cache.get(nullKey)).isNotNull();
	}

	@Test
	void wrapsWhatALoaderThrows() {
		String key = key();
		assertThatExceptionOfType(ValueRetrievalException.class).isThrownBy(() -> this.cache.get(key, () -> {
			throw new UnsupportedOperationException("expected");
		}))
			.withCauseInstanceOf(UnsupportedOperationException.class)
			.satisfies((ex) -> assertThat(ex.getKey()).isEqualTo(key));
		assertThat(this.cache.get(key, () -> "next")).isEqualTo("next");
	}

	@RepeatedTest(20)
	void loadsOnceForAllWhoAskAtTheSameTime() throws Exception {
		String key = key();
		AtomicInteger loads = new AtomicInteger();
		List<Integer> values = inParallel(16, (thread) -> this.cache.get(key, loads::incrementAndGet));
		assertThat(values).containsOnly(1);
		assertThat(loads).hasValue(1);
	}

	@RepeatedTest(5)
	void loadsOnceForAllWhoRetrieveAtTheSameTime() throws Exception {
		String key = key();
		AtomicInteger loads = new AtomicInteger();
		List<Integer> values = inParallel(16,
				(thread) -> this.cache.retrieve(key, () -> CompletableFuture.supplyAsync(loads::incrementAndGet))
					.get(30, TimeUnit.SECONDS));
		assertThat(values).containsOnly(1);
		assertThat(loads).hasValue(1);
	}

	@Test
	void loaderMayAskForItsOwnKey() {
		String key = key();
		String value = this.cache.get(key, () -> "outer " + this.cache.get(key, () -> "inner"));
		assertThat(value).isEqualTo("outer inner");
	}

	@Test
	void retrievesHitsAndMisses() throws Exception {
		String key = key();
		assertThat(retrieved(key)).isNull();
		this.cache.put(key, "value");
		assertThat(retrieved(key)).isInstanceOfSatisfying(ValueWrapper.class,
				(wrapper) -> assertThat(wrapper.get()).isEqualTo("value"));
		this.cache.put(key, null);
		assertThat(retrieved(key)).isInstanceOfSatisfying(ValueWrapper.class,
				(wrapper) -> assertThat(wrapper.get()).isNull());
		assertThat(this.cache.retrieve(key, () -> CompletableFuture.completedFuture("loaded")).get()).isNull();
	}

	private Object retrieved(String key) throws Exception {
		return this.cache.retrieve(key).get(30, TimeUnit.SECONDS);
	}

	@Test
	void failsTheFutureWithWhatALoaderThrows() {
		CompletableFuture<String> future = this.cache.retrieve(key(),
				() -> CompletableFuture.failedFuture(new UnsupportedOperationException("expected")));
		assertThat(future.handle((value, ex) -> ex).join()).isInstanceOf(UnsupportedOperationException.class);
	}

	@RepeatedTest(20)
	void evictsAllEntriesWithATag() {
		TaggedCache tagged = (TaggedCache) cache(this.context, "tagged");
		TaggedCache taggedOfOtherNode = (TaggedCache) cache(this.otherNode, "tagged");
		String one = key();
		String other = key();
		tagged.put(one, "red");
		taggedOfOtherNode.put(other, "blue");
		assertThat(tagged.get(one, String.class)).isEqualTo("red");
		taggedOfOtherNode.evictTag("red");
		assertThat(tagged.get(one)).isNull();
		assertThat(tagged.get(other, String.class)).isEqualTo("blue");
		tagged.put(one, "red");
		assertThat(taggedOfOtherNode.get(one, String.class)).isEqualTo("red");
	}

	@Test
	void refusesWhatWasLoadedBeforeAClearOrATagWasEvicted() {
		TaggedCache tagged = (TaggedCache) cache(this.context, "tagged");
		TaggedCache taggedOfOtherNode = (TaggedCache) cache(this.otherNode, "tagged");
		String cleared = key();
		tagged.get(cleared, () -> {
			taggedOfOtherNode.clear();
			return "green";
		});
		assertThat(tagged.get(cleared)).isNull();
		String evicted = key();
		tagged.get(evicted, () -> {
			taggedOfOtherNode.evictTag("yellow");
			return "yellow";
		});
		assertThat(tagged.get(evicted)).isNull();
	}

	@Test
	void readsAndWritesManyAtOnce() {
		BulkCache bulk = (BulkCache) this.cache;
		String first = key();
		String second = key();
		String absent = key();
		bulk.putAll(Map.of(first, "one", second, "two"));
		this.cache.put(first, null);
		Map<Object, Object> found = bulk.getAll(List.of(second, absent, first));
		assertThat(found).containsOnlyKeys(second, first).containsEntry(second, "two").containsEntry(first, null);
		assertThat(bulk.getAll(List.of())).isEmpty();
	}

	@Test
	void writesMoreThanABatch() {
		Map<Object, Object> values = new HashMap<>();
		for (int i = 0; i < 250; i++) {
			values.put(key(), i);
		}
		((BulkCache) this.cache).putAll(values);
		assertThat(((BulkCache) this.cacheOfOtherNode).getAll(values.keySet())).isEqualTo(values);
	}

	@Test
	void keepsTypesOfUntypedValues() {
		for (Object value : List.of(1L, 1, 1.5, true, "text", List.of(1L, "x"), Map.of("a", 1), Duration.ofDays(1))) {
			String key = key();
			this.cache.put(key, value);
			assertThat(this.cacheOfOtherNode.get(key).get()).isEqualTo(value);
		}
	}

	private <T> List<T> inParallel(int threads, Work<T> work) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			CountDownLatch start = new CountDownLatch(threads);
			List<Future<T>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				int thread = i;
				futures.add(executor.submit(() -> {
					start.countDown();
					start.await();
					return work.run(thread);
				}));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> future : futures) {
				results.add(future.get(30, TimeUnit.SECONDS));
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	interface Work<T> {

		T run(int thread) throws Exception;

	}

	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class,
			io.redispatterns.redis.RedisPatternsAutoConfiguration.class,
			io.redispatterns.redis.resilience.ResilienceAutoConfiguration.class,
			io.redispatterns.cache.node.CacheNodesAutoConfiguration.class,
			io.redispatterns.codec.json.CodecAutoConfiguration.class, CachingAutoConfiguration.class })
	static class Application {

	}

}
