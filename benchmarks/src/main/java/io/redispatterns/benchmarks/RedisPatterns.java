package io.redispatterns.benchmarks;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.redispatterns.cache.BulkCache;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * This project: its cache manager as an application with the starter gets it.
 */
final class RedisPatterns {

	private RedisPatterns() {
	}

	static TrackCache open(int port) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "spring.main.log-startup-info=false",
					"spring.application.name=benchmarks", "spring.data.redis.host=127.0.0.1",
					"spring.data.redis.port=" + port, "redis.embedded.enabled=false",
					"redis.cache.caches." + SpringTrackCache.NAME + ".type=" + Track.class.getName())
			.run();
		return new SpringTrackCache(context.getBean(CacheManager.class), RedisPatterns::atOnce, context::close);
	}

	private static Map<String, ?> atOnce(Cache cache, Set<String> keys) {
		return ((BulkCache) cache).getAll(keys)
			.entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> (String) entry.getKey(), Map.Entry::getValue));
	}

	/**
	 * An application with nothing but what the class path brings.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
