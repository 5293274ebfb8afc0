package io.redispatterns.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.redispatterns.cache.BulkCache;

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
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties(settings)
			.run("--spring.application.name=benchmarks", "--spring.main.banner-mode=off",
					"--spring.main.log-startup-info=false", "--spring.data.redis.port=" + port,
					"--redis.cache.caches.%s.type=%s".formatted(SpringTrackCache.NAME, Track.class.getName()));
		awaitConnection(Objects.requireNonNull(context.getBean(CacheManager.class).getCache("connection")));
		return new SpringTrackCache(context.getBean(CacheManager.class), RedisPatterns::bulk, context::close);
	}

	/**
	 * Callers do without Redis until there is a connection, which takes its time in a JVM
	 * that has just begun; a benchmark is to begin with it.
	 */
	private static void awaitConnection(Cache cache) {
		long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		do {
			cache.put("probe", "connected");
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
		while (cache.get("probe") == null && System.nanoTime() < end);
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
