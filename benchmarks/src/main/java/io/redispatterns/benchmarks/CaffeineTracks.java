package io.redispatterns.benchmarks;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.caffeine.CaffeineCacheManager;

/**
 * The floor of what a node keeps: Caffeine, with nothing around it.
 */
final class CaffeineTracks implements TrackCache {

	private final Cache<String, Track> cache = builder().build();

	private static Caffeine<Object, Object> builder() {
		return Caffeine.newBuilder().maximumSize(2L * Tracks.COUNT).expireAfterWrite(10, TimeUnit.MINUTES);
	}

	/**
	 * The same behind Spring's cache abstraction.
	 */
	static TrackCache behindSpring() {
		CaffeineCacheManager manager = new CaffeineCacheManager(SpringTrackCache.NAME);
		manager.setCaffeine(builder());
		return new SpringTrackCache(manager, SpringTrackCache::oneByOne, () -> {
		});
	}

	@Override
	public @Nullable Track get(String key) {
		return this.cache.getIfPresent(key);
	}

	@Override
	public Map<String, Track> getAll(Set<String> keys) {
		return this.cache.getAllPresent(keys);
	}

	@Override
	public void put(String key, Track track) {
		this.cache.put(key, track);
	}

	@Override
	public void clear() {
		this.cache.invalidateAll();
	}

	@Override
	public void close() {
	}

}
