package io.redispatterns.security;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.redispatterns.cache.CacheInspector;
import io.redispatterns.cache.TaggedCache;
import io.redispatterns.cache.many.CacheableMany;
import io.redispatterns.hash.HashStore;
import io.redispatterns.hash.HashStores;
import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitRequest;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.warming.WarmCache;
import io.redispatterns.write.WriteThrough;
import io.redispatterns.write.behind.WriteBehind;
import io.redispatterns.write.behind.WriteBehindFlush;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/**
 * An application that uses every pattern, as its callers see it: each method of it is a
 * use of one, and says what the application got.
 *
 * @param context the running application
 */
record EveryPattern(ConfigurableApplicationContext context) implements AutoCloseable {

	static final String NAMESPACE = "every";

	static final List<String> CACHES = List.of("tracks", "near", "tagged", "open", "plays", "warmed", "locked");

	/**
	 * Start the application, patient with a slow machine unless told otherwise.
	 */
	static EveryPattern start(Map<String, String> redis, String... properties) {
		Map<String, String> all = new LinkedHashMap<>(redis);
		all.putAll(Map.of("redis.rate-limit.policies.search.limit", "100", "redis.rate-limit.policies.search.window",
				"1m"));
		all.putAll(Map.of("redis.namespace", NAMESPACE, "redis.cache.caches.near.near.enabled", "true",
				"redis.cache.caches.tagged.tags", "'tag'", "redis.write.behind.plays.interval", "20ms",
				"redis.write.behind.plays.max-attempts", "1", "redis.resilience.command-timeout", "10s",
				"redis.resilience.connect-timeout", "10s", "redis.resilience.breaker.slow-call", "10s",
				"redis.resilience.probe.timeout", "10s"));
		Stream.of(properties).map((property) -> property.split("=", 2)).forEach((pair) -> all.put(pair[0], pair[1]));
		return new EveryPattern(new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.run(all.entrySet().stream().map((property) -> "--" + property).toArray(String[]::new)));
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

	Shop shop() {
		return get(Shop.class);
	}

	Cache cache(String name) {
		return Objects.requireNonNull(get(CacheManager.class).getCache(name));
	}

	/**
	 * Wait until the application is connected, and what is sent is answered.
	 */
	EveryPattern connected() {
		RedisExecutor redis = get(RedisExecutor.class);
		await().ignoreExceptions().until(() -> redis.await(redis.time()) > 0);
		return this;
	}

	/**
	 * Read and write what has caches.
	 */
	void useCaches(int id) {
		Shop shop = shop();
		shop.track(id);
		shop.track(id);
		shop.tagged(id);
		shop.tracks(List.of(id, id + 1000));
		shop.evict(id);
		shop.track(id);
		cache("tagged").putIfAbsent(id, Track.of(id));
		((TaggedCache) cache("tagged")).evictTag("tag");
		cache("tagged").clear();
		cache("open").put(id, List.of("text", 1L));
		cache("open").get(id);
	}

	/**
	 * Change caches with a commit.
	 */
	void useTransaction(int id) {
		within(() -> {
			cache("tracks").put(id, Track.of(id));
			cache("tagged").clear();
		});
	}

	private static void within(Runnable work) {
		TransactionSynchronizationManager.initSynchronization();
		TransactionSynchronizationManager.setActualTransactionActive(true);
		try {
			work.run();
			TransactionSynchronizationUtils.triggerBeforeCommit(false);
			TransactionSynchronizationUtils.triggerBeforeCompletion();
			TransactionSynchronizationUtils.triggerAfterCommit();
			TransactionSynchronizationUtils.triggerAfterCompletion(TransactionSynchronization.STATUS_COMMITTED);
		}
		finally {
			TransactionSynchronizationManager.clear();
		}
	}

	/**
	 * Load what another node has the lease for, until it ends.
	 */
	void useWaiters(StandaloneRedis redis, int id) {
		redis.command("SET", NAMESPACE + ":tracks:{i" + id + "}:l", "x0123456789abcdef", "PX", "700");
		shop().track(id);
	}

	/**
	 * Load until a load has a lock of Redisson, which has connected by itself then; and
	 * what another node has the lock for, until it ends.
	 */
	void useLocks(StandaloneRedis redis) {
		await().until(() -> {
			List<Object> locks = new ArrayList<>();
			cache("locked").get(System.nanoTime(), () -> {
				locks.addAll((List<?>) redis.command("KEYS", NAMESPACE + ":lock:*"));
				return "value";
			});
			return !locks.isEmpty();
		});
		String taken = NAMESPACE + ":lock:{" + NAMESPACE + ":locked:%7Bstaken%7D}";
		redis.command("HSET", taken, "another:1", "1");
		redis.command("PEXPIRE", taken, "700");
		cache("locked").get("taken", () -> "value");
	}

	/**
	 * Wait until what is to be warm is.
	 */
	void useWarming(StandaloneRedis redis) {
		await().until(() -> redis.command("HGET", NAMESPACE + ":warm:{warmed}:shop.best", "last"), Objects::nonNull);
	}

	/**
	 * Ask for what operators ask for.
	 */
	void useInspector(int id) {
		CacheInspector inspector = get(CacheInspector.class);
		inspector.counter("tracks");
		inspector.header("tracks", id);
	}

	void useNear(int id) {
		shop().near(id);
		shop().near(id);
		cache("near").put(id, Track.of(id));
		cache("near").get(id);
	}

	void useWriteThrough(int id) {
		shop().save(Track.of(id));
		shop().track(id);
	}

	/**
	 * Accept two changes and wait until they are written, unless they are not accepted.
	 */
	void useWriteBehind(int id) {
		Shop shop = shop();
		shop.play("play" + id);
		shop.plays("play" + id);
		await().until(() -> shop.written().contains("play" + id));
	}

	void useHashes(int id) {
		HashStore<Track> hashes = get(HashStores.class).of("albums", Track.class);
		hashes.get(id, () -> Track.of(id));
		hashes.put(id, Track.of(id));
		hashes.get(id);
		hashes.getAll(List.of(id));
		hashes.getField(id, "name", String.class);
		hashes.setField(id, "name", "other");
		hashes.increment(id, "id", 0);
		hashes.exists(id);
		hashes.expire(id, Duration.ofMinutes(1));
		hashes.delete(id);
	}

	/**
	 * Write within a transaction, and load what another node has the lease for.
	 */
	void useHashesOfOthers(StandaloneRedis redis, int id) {
		HashStore<Track> hashes = get(HashStores.class).of("albums", Track.class);
		hashes.put(id, Track.of(id));
		within(() -> hashes.setField(id, "name", "other"));
		hashes.delete(id);
		redis.command("SET", NAMESPACE + ":hash:albums:{i" + id + "}:l", "x0123456789abcdef", "PX", "700");
		hashes.get(id, () -> Track.of(id));
	}

	/**
	 * Ask for a permit, give it back and start anew.
	 */
	void useRateLimits(String subject) {
		RateLimiter limiter = get(RateLimiter.class);
		RateLimitDecision decision = limiter.acquire(RateLimitRequest.of(subject, "search"));
		limiter.peek(RateLimitRequest.of(subject, "search"));
		limiter.settle(decision.permit(), 0).join();
		limiter.block(subject, Duration.ofSeconds(1));
		limiter.reset(subject);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * What is stored.
	 */
	record Track(int id, String name) {

		static Track of(int id) {
			return new Track(id, "track " + id);
		}

	}

	/**
	 * What is annotated.
	 */
	static class Shop {

		private final Set<String> written = ConcurrentHashMap.newKeySet();

		@Cacheable("tracks")
		public Track track(int id) {
			return Track.of(id);
		}

		@CacheableMany(cache = "tracks", resultKey = "#result.id()")
		public List<Track> tracks(Collection<Integer> ids) {
			return ids.stream().map(Track::of).toList();
		}

		@CacheEvict("tracks")
		public void evict(int id) {
		}

		@WriteThrough(cache = "tracks", key = "#result.id()")
		public Track save(Track track) {
			return track;
		}

		@Cacheable("near")
		public Track near(int id) {
			return Track.of(id);
		}

		@Cacheable("tagged")
		public Track tagged(int id) {
			return Track.of(id);
		}

		@WriteBehind(queue = "plays", cache = "plays", key = "#play")
		public String play(String play) {
			return play;
		}

		@Cacheable("plays")
		public String plays(String play) {
			return play;
		}

		@WriteBehindFlush(queue = "plays")
		public void write(List<String> plays) {
			this.written.addAll(plays);
		}

		public Set<String> written() {
			return this.written;
		}

		@WarmCache("warmed")
		public List<Integer> best() {
			return List.of(1, 2);
		}

		@Cacheable("warmed")
		public Track warmed(int id) {
			return Track.of(id);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class Application {

		@Bean
		Shop shop() {
			return new Shop();
		}

		@Bean
		MeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

}
