package io.redispatterns.cache;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.entry.Generation;
import io.redispatterns.cache.value.EntryHeader;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;

/**
 * Looks at the caches of a manager.
 */
final class RedisCacheInspector implements CacheInspector {

	private final RedisCacheAsideManager caches;

	private final CachingProperties properties;

	RedisCacheInspector(RedisCacheAsideManager caches, CachingProperties properties) {
		this.caches = caches;
		this.properties = properties;
	}

	@Override
	public Set<String> cacheNames() {
		return new TreeSet<>(this.caches.getCacheNames());
	}

	@Override
	public Map<String, Object> settings(String cache) {
		return this.properties.effective(cache).described();
	}

	@Override
	public Map<String, Long> counts(String cache) {
		Map<String, Long> counts = new LinkedHashMap<>();
		for (Event event : Event.values()) {
			counts.put(event.name().toLowerCase(Locale.ROOT).replace('_', '-'), cache(cache).statistics().of(event));
		}
		return counts;
	}

	@Override
	public Counter counter(String cache) {
		Generation now = cache(cache).entries().order().await(cache(cache).entries().generations().ask());
		return new Counter(now.number(), now.floor(), now.fenced());
	}

	@Override
	public @Nullable Header header(String cache, Object key) {
		EntryHeader found = cache(cache).entries().reader().header(cache(cache).entries().key(key));
		if (found == null) {
			return null;
		}
		return new Header(found.bytes(), found.valid(), found.generation(), found.version(), found.expiry(),
				found.tags());
	}

	private RedisCacheAside cache(String name) {
		Cache cache = this.caches.getCacheNames().contains(name) ? this.caches.getCache(name) : null;
		if (cache instanceof RedisCacheAside own) {
			return own;
		}
		throw new IllegalArgumentException("No cache named '%s'".formatted(name));
	}

}
