package io.redispatterns.cache;

import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;

/**
 * A cache that reads and writes many keys at once. Every cache of this starter is one:
 * {@code (BulkCache) cacheManager.getCache("tracks")}.
 */
public interface BulkCache extends Cache {

	/**
	 * Read what is cached of some keys. Blocks for one round trip, with Jedis on a
	 * cluster for one per key; without Redis nothing is cached.
	 * @param keys the keys, none of them {@code null}
	 * @return the values by key, in the order of the keys; a key that is not cached is
	 * absent, a cached {@code null} is present
	 */
	Map<Object, @Nullable Object> getAll(Collection<?> keys);

	/**
	 * Store some values. Blocks until all are acknowledged, a hundred within one command
	 * timeout; inside a transaction it takes effect after the commit, like {@link #put}.
	 * @param values the values by key
	 */
	void putAll(Map<?, ? extends @Nullable Object> values);

}
