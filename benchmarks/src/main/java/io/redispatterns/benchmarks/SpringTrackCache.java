package io.redispatterns.benchmarks;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * A library as seen through Spring's {@link Cache}, the way an annotated method uses it.
 */
final class SpringTrackCache implements TrackCache {

	/** The name of the cache, the same for every library. */
	static final String NAME = "tracks";

	private final Cache cache;

	private final Function<Set<String>, Map<String, ?>> bulk;

	private final Runnable shutdown;

	SpringTrackCache(CacheManager manager, Runnable shutdown) {
		this.cache = cacheOf(manager);
		this.bulk = TrackCache.super::getAll;
		this.shutdown = shutdown;
	}

	SpringTrackCache(CacheManager manager, Function<Cache, Function<Set<String>, Map<String, ?>>> bulk,
			Runnable shutdown) {
		this.cache = cacheOf(manager);
		this.bulk = bulk.apply(this.cache);
		this.shutdown = shutdown;
	}

	@Override
	public @Nullable Object get(String key) {
		Cache.ValueWrapper found = this.cache.get(key);
		return (found != null) ? found.get() : null;
	}

	@Override
	public Map<String, ?> getAll(Set<String> keys) {
		return this.bulk.apply(keys);
	}

	@Override
	public void put(String key, Track track) {
		this.cache.put(key, track);
	}

	@Override
	public void clear() {
		this.cache.clear();
	}

	@Override
	public void close() {
		this.shutdown.run();
	}

	private static Cache cacheOf(CacheManager manager) {
		Cache cache = manager.getCache(NAME);
		if (cache == null) {
			throw new IllegalStateException("'%s' has no cache '%s'".formatted(manager, NAME));
		}
		return cache;
	}

}
