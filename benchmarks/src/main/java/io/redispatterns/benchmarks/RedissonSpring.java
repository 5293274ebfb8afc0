package io.redispatterns.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import org.redisson.Redisson;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.spring.cache.CacheConfig;
import org.redisson.spring.cache.RedissonSpringCacheManager;

import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * Redisson: its Spring cache manager with its own default codec, Kryo 5, where a cache is
 * one hash and a time-to-live needs a script.
 */
final class RedissonSpring {

	private RedissonSpring() {
	}

	static TrackCache open(int port, Duration timeToLive) {
		Config config = new Config();
		config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
		RedissonClient client = Redisson.create(config);
		CacheConfig cache = new CacheConfig(timeToLive.toMillis(), 0);
		CacheManager manager = new RedissonSpringCacheManager(client, Map.of(SpringTrackCache.NAME, cache));
		return new SpringTrackCache(manager, RedissonSpring::bulk, client::shutdown);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, ?> bulk(Cache cache, Set<String> keys) {
		return ((RMap<String, Object>) cache.getNativeCache()).getAll(keys);
	}

}
