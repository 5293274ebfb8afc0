package io.redispatterns.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.Cache;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Caches whose server is not there, goes away, or hangs.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedisAwayIntegrationTests {

	private static final List<String> IMPATIENT = List.of("redis.resilience.command-timeout=200ms",
			"redis.cache.defaults.outage-time-to-live=0");

	private static final AtomicInteger calls = new AtomicInteger();

	@BeforeEach
	void reset() {
		calls.set(0);
	}

	@Test
	void answersFromTheLoaderWhenThereWasNoServerAtStart(CapturedOutput output) {
		try (CacheNode node = CacheNode.start(Map.of("spring.data.redis.port", "1"), IMPATIENT, Finder.class)) {
			answersWithoutRedis(node);
			assertThat(output.getOut().split("Redis does not answer", -1)).hasSize(2);
		}
	}

	@Test
	void recoversFromAServerThatWasKilled(@Redis StandaloneRedis redis, CapturedOutput output) {
		try (CacheNode node = CacheNode.start(redis.springProperties(), IMPATIENT, Finder.class)) {
			int begin = settled(node, output);
			redis.server().kill();
			answersWithoutRedis(node);
			redis.server().restart();
			await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				worksWithRedis(node);
				loggedOnce(output.getOut().substring(begin));
			});
		}
	}

	@Test
	void recoversFromAServerThatHung(@Redis StandaloneRedis redis, CapturedOutput output) {
		try (CacheNode node = CacheNode.start(redis.springProperties(), IMPATIENT, Finder.class)) {
			int begin = settled(node, output);
			redis.server().freeze();
			answersWithoutRedis(node);
			redis.server().thaw();
			await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				worksWithRedis(node);
				loggedOnce(output.getOut().substring(begin));
			});
		}
	}

	/**
	 * Wait until there is no outage, which a slow machine may begin with.
	 */
	private static int settled(CacheNode node, CapturedOutput output) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			worksWithRedis(node);
			assertThat(node.get(RedisExecutor.class).availability().outage()).isNull();
		});
		return output.getOut().length();
	}

	private static void loggedOnce(String output) {
		assertThat(output.split("Redis does not answer", -1)).as("one WARN").hasSize(2);
		assertThat(output.split("Redis answers again", -1)).as("one INFO").hasSize(2);
	}

	private static void worksWithRedis(CacheNode node) {
		await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
			node.cache("found").put(1, "stored");
			assertThat(node.get(Finder.class).find(1)).isEqualTo("stored");
		});
	}

	private static void answersWithoutRedis(CacheNode node) {
		Finder finder = node.get(Finder.class);
		RedisCacheAside cache = (RedisCacheAside) node.cache("found");
		long reads = cache.statistics().of(Event.FAILED_READ);
		long writes = cache.statistics().of(Event.FAILED_WRITE);
		answersEach(finder);
		cache.put(1, "put");
		cache.evict(1);
		cache.clear();
		cache.evictTag("tag");
		cache.putAll(Map.of(1, "put"));
		assertThat(cache.putIfAbsent(1, "put")).isNull();
		assertThat(cache.evictIfPresent(1)).isFalse();
		assertThat(cache.getAll(List.of(1, 2))).isEmpty();
		assertThat(cache.invalidate()).isFalse();
		assertThat(cache.statistics().of(Event.FAILED_READ) - reads).isGreaterThanOrEqualTo(3);
		assertThat(cache.statistics().of(Event.FAILED_WRITE) - writes).isGreaterThanOrEqualTo(8);
	}

	private static void answersEach(Finder finder) {
		calls.set(0);
		assertThat(finder.find(1)).isEqualTo("found 1");
		assertThat(finder.find(1)).isEqualTo("found 2");
		assertThat(finder.synced(1)).isEqualTo("found 3");
		assertThat(finder.mono(1).block()).isEqualTo("found 4");
		assertThat(finder.syncedMono(1).block()).isEqualTo("found 5");
		assertThat(finder.future(1).join()).isEqualTo("found 6");
		assertThat(finder.syncedFuture(1).join()).isEqualTo("found 7");
		assertThat(finder.save(1)).isEqualTo("found 8");
		finder.forget(1);
		finder.forgetAll();
		assertThat(calls).as("each loader once").hasValue(10);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tellsTheErrorHandlerOfTheApplication(boolean frozen, @Redis StandaloneRedis redis) {
		try (CacheNode node = CacheNode.start(redis.springProperties(), IMPATIENT, Handling.class, Finder.class)) {
			worksWithRedis(node);
			Handling handling = node.get(Handling.class);
			if (frozen) {
				redis.server().freeze();
			}
			else {
				redis.server().kill();
			}
			answersEach(node.get(Finder.class));
			assertThat(handling.errors()).contains("get found", "put found", "evict found", "clear found");
			assertThat(handling.seen()).hasOnlyElementsOfType(RedisFailureException.class);
		}
	}

	static class Finder {

		@Cacheable("found")
		public String find(int id) {
			return "found " + calls.incrementAndGet();
		}

		@Cacheable(cacheNames = "found", sync = true)
		public String synced(int id) {
			return "found " + calls.incrementAndGet();
		}

		@Cacheable("found")
		public Mono<String> mono(int id) {
			return Mono.fromSupplier(() -> "found " + calls.incrementAndGet());
		}

		@Cacheable(cacheNames = "found", sync = true)
		public Mono<String> syncedMono(int id) {
			return Mono.fromSupplier(() -> "found " + calls.incrementAndGet());
		}

		@Cacheable("found")
		public CompletableFuture<String> future(int id) {
			return CompletableFuture.completedFuture("found " + calls.incrementAndGet());
		}

		@Cacheable(cacheNames = "found", sync = true)
		public CompletableFuture<String> syncedFuture(int id) {
			return CompletableFuture.completedFuture("found " + calls.incrementAndGet());
		}

		@CachePut("found")
		public String save(int id) {
			return "found " + calls.incrementAndGet();
		}

		@CacheEvict("found")
		public void forget(int id) {
			calls.incrementAndGet();
		}

		@CacheEvict(cacheNames = "found", allEntries = true)
		public void forgetAll() {
			calls.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Handling implements CachingConfigurer {

		private final List<String> errors = new CopyOnWriteArrayList<>();

		private final List<RuntimeException> seen = new CopyOnWriteArrayList<>();

		List<String> errors() {
			return new ArrayList<>(this.errors);
		}

		List<RuntimeException> seen() {
			return this.seen;
		}

		private void add(String operation, Cache cache, RuntimeException ex) {
			this.errors.add(operation + " " + cache.getName());
			this.seen.add(ex);
		}

		@Override
		public CacheErrorHandler errorHandler() {
			return new CacheErrorHandler() {

				@Override
				public void handleCacheGetError(RuntimeException ex, Cache cache, Object key) {
					add("get", cache, ex);
				}

				@Override
				public void handleCachePutError(RuntimeException ex, Cache cache, Object key, Object value) {
					add("put", cache, ex);
				}

				@Override
				public void handleCacheEvictError(RuntimeException ex, Cache cache, Object key) {
					add("evict", cache, ex);
				}

				@Override
				public void handleCacheClearError(RuntimeException ex, Cache cache) {
					add("clear", cache, ex);
				}

			};
		}

	}

}
