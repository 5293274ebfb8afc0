package io.redispatterns.benchmarks;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.config.Config;

/**
 * Redisson: its map with a local cache, as it is unless told otherwise.
 */
final class RedissonLocalMap implements TrackCache {

	private final RedissonClient client;

	private final RLocalCachedMap<String, Track> map;

	RedissonLocalMap(int port) {
		Config config = new Config();
		config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
		this.client = Redisson.create(config);
		this.map = this.client
			.getLocalCachedMap(LocalCachedMapOptions.<String, Track>name("tracks").cacheSize(2 * Tracks.COUNT));
	}

	@Override
	public @Nullable Track get(String key) {
		return this.map.get(key);
	}

	@Override
	public Map<String, Track> getAll(Set<String> keys) {
		return this.map.getAll(keys);
	}

	@Override
	public void put(String key, Track track) {
		this.map.fastPut(key, track);
	}

	@Override
	public void clear() {
		this.map.clear();
	}

	@Override
	public void close() {
		this.client.shutdown();
	}

}
