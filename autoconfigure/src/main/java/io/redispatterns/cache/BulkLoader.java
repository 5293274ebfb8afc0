package io.redispatterns.cache;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Loads what a {@link BulkCache} does not have of many keys.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
@FunctionalInterface
public interface BulkLoader<K, V> {

	/**
	 * Load the values of some keys, on the thread of the caller unless the cache has a
	 * {@code load-timeout}.
	 * @param keys the keys that are missing, each once
	 * @return the values by key: a key that is absent has none, one that was not asked
	 * for is ignored
	 * @throws Exception when nothing could be loaded
	 */
	Map<? extends K, ? extends @Nullable V> load(List<K> keys) throws Exception;

}
