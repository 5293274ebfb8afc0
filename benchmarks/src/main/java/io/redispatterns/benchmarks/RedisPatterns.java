package io.redispatterns.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.redispatterns.cache.BulkCache;
import io.redispatterns.cache.CacheInspector;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * This project: the cache manager of an application that has the starter on its class
 * path and names the type of its values.
 */
final class RedisPatterns {

	private RedisPatterns() {
	}

	static TrackCache open(int port, String... settings) {
		ConfigurableApplicationContext context = start(port, settings);
		Cache cache = Objects.requireNonNull(context.getBean(CacheManager.class).getCache("connection"));
		await(() -> {
			cache.put("probe", "connected");
			return cache.get("probe") != null;
		});
		return of(context);
	}

	private static TrackCache of(ConfigurableApplicationContext context) {
		return new SpringTrackCache(context.getBean(CacheManager.class), RedisPatterns::bulk, context::close);
	}

	private static ConfigurableApplicationContext start(int port, String... settings) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(settings)
			.run("--spring.application.name=benchmarks", "--spring.main.banner-mode=off",
					"--spring.main.log-startup-info=false", "--spring.data.redis.port=" + port,
					"--redis.cache.caches.%s.type=%s".formatted(SpringTrackCache.NAME, Track.class.getName()));
	}

	/**
	 * The same with a near cache, once it is trusted.
	 */
	static TrackCache near(int port) {
		String key = "redis.cache.caches.%s.near.".formatted(SpringTrackCache.NAME);
		ConfigurableApplicationContext context = start(port, key + "enabled=true",
				key + "max-size=" + 2 * Tracks.COUNT);
		Cache cache = Objects.requireNonNull(context.getBean(CacheManager.class).getCache(SpringTrackCache.NAME));
		CacheInspector inspector = context.getBean(CacheInspector.class);
		await(() -> {
			cache.put("probe", Track.of(0));
			cache.get("probe");
			cache.get("probe");
			return inspector.counts(SpringTrackCache.NAME).getOrDefault("near-hit", 0L) > 0;
		});
		return of(context);
	}

	/**
	 * Callers do without Redis until there is a connection, which takes its time in a JVM
	 * that has just begun; a benchmark is to begin with it.
	 */
	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		while (!condition.getAsBoolean() && System.nanoTime() < end) {
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, ?> bulk(Cache cache, Set<String> keys) {
		return (Map<String, ?>) (Map<?, ?>) ((BulkCache) cache).getAll(keys);
	}

	/**
	 * An application with nothing but what the class path brings.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
