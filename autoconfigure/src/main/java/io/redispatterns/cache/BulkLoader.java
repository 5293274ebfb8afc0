package io.redispatterns.cache;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

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

	/**
	 * Loads what a {@link BulkCache} does not have, without holding up anybody.
	 *
	 * @param <K> type of the keys
	 * @param <V> type of the values
	 */
	@FunctionalInterface
	interface Async<K, V> {

		/**
		 * Begin to load the values of some keys, on a thread that may be held up.
		 * @param keys the keys that are missing, each once
		 * @return the values by key, as of {@link BulkLoader#load}
		 */
		CompletableFuture<? extends Map<? extends K, ? extends @Nullable V>> load(List<K> keys);

	}

}
