package io.redispatterns.cache;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;

/**
 * A cache that takes over what was written to a database. Every cache of this starter is
 * one.
 */
public interface WriteThroughCache extends Cache {

	/**
	 * Let entries be what rows have become. Inside a transaction that can change data it
	 * takes effect with its commit; where another writer of a key has come between, the
	 * value of the higher version remains, and none where one has no version. Elsewhere
	 * it takes effect at once, and a value without a version is not stored but its entry
	 * removed, as of two writers nobody could tell who was last.
	 * @param values the values by key, {@code null} for an entry that is to be removed;
	 * one that cannot be stored removes it too
	 * @param awaited whether the caller of the transaction waits until the values are
	 * stored; until the old entries are removed he always does
	 * @return completed when what takes effect at once is acknowledged, or has failed and
	 * is kept to be made good: when this returns, unless the thread must not wait
	 */
	CompletionStage<@Nullable Void> writeAll(Map<?, ? extends @Nullable Object> values, boolean awaited);

	/**
	 * Remove entries at once, also inside a transaction, with the commit of which it is
	 * repeated.
	 * @param keys the keys
	 * @return {@code false} when it is not acknowledged, and kept to be made good
	 */
	boolean evictAll(Collection<?> keys);

}
