package io.redispatterns.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

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

	private final BiFunction<Cache, Set<String>, Map<String, ?>> bulk;

	private final Runnable shutdown;

	SpringTrackCache(CacheManager manager, BiFunction<Cache, Set<String>, Map<String, ?>> bulk, Runnable shutdown) {
		Cache cache = manager.getCache(NAME);
		if (cache == null) {
			throw new IllegalStateException("'%s' has no cache '%s'".formatted(manager, NAME));
		}
		this.cache = cache;
		this.bulk = bulk;
		this.shutdown = shutdown;
	}

	/**
	 * All there is where a library knows one key at a time.
	 * @param cache the cache
	 * @param keys the keys, all different
	 * @return what was found
	 */
	static Map<String, ?> oneByOne(Cache cache, Set<String> keys) {
		Map<String, Object> found = new HashMap<>(keys.size() * 2);
		for (String key : keys) {
			Cache.ValueWrapper wrapper = cache.get(key);
			if (wrapper != null && wrapper.get() != null) {
				found.put(key, wrapper.get());
			}
		}
		return found;
	}

	@Override
	public @Nullable Object get(String key) {
		Cache.ValueWrapper found = this.cache.get(key);
		return (found != null) ? found.get() : null;
	}

	@Override
	public @Nullable Object get(String key, Supplier<Track> loader) {
		return this.cache.get(key, loader::get);
	}

	@Override
	public Map<String, ?> getAll(Set<String> keys) {
		return this.bulk.apply(this.cache, keys);
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

}
