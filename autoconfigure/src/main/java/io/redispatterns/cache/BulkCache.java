package io.redispatterns.cache;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

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
	 * Read values, and load what is missing with one call, as
	 * {@link #get(Object, java.util.concurrent.Callable)} does for one key: what another
	 * caller loads at the same time, of one key or of many, is not loaded again but
	 * waited for. Blocks for one round trip when all is cached, else for a second one and
	 * for the loads; what is loaded is sent to Redis at once.
	 * @param keys the keys, none of them {@code null}
	 * @param loader loads what is missing; called again only for keys that another was
	 * loading, and has not brought
	 * @return a value for each key, in the order of the keys; {@code null} where the
	 * loader had none, which is cached where {@code null} is
	 * @throws ValueRetrievalException with what the loader threw
	 */
	<K, V> Map<K, @Nullable V> getAll(Collection<? extends K> keys, BulkLoader<K, V> loader);

	/**
	 * Read values, and load what is missing, as {@link #getAll(Collection, BulkLoader)}
	 * without blocking.
	 * @param keys the keys, none of them {@code null}
	 * @param loader loads what is missing
	 * @return a value for each key, in the order of the keys; failed with what the loader
	 * threw
	 */
	<K, V> CompletableFuture<Map<K, @Nullable V>> retrieveAll(Collection<? extends K> keys,
			BulkLoader.Async<K, V> loader);

	/**
	 * Store some values. Blocks until all are acknowledged, a hundred within one command
	 * timeout; inside a transaction it takes effect after the commit, like {@link #put}.
	 * @param values the values by key
	 */
	void putAll(Map<?, ? extends @Nullable Object> values);

}
