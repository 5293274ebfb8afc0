package io.redispatterns.cache.delivery;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * How the entries of a cache are evicted. Completed when the server has acknowledged.
 */
public interface Evictions {

	/**
	 * Evict an entry once no lost put of it can run any more.
	 * @param key the key
	 * @param deadline server time in microseconds until which one may, 0 for none
	 * @return {@code false} when it is too early
	 */
	CompletableFuture<Boolean> evict(byte[] key, long deadline);

	/**
	 * Evict the entries with a tag.
	 * @param tag the tag
	 * @return completed when they are void
	 */
	CompletableFuture<@Nullable Void> evictTag(String tag);

	/**
	 * Evict all entries.
	 * @return completed when they are void
	 */
	CompletableFuture<@Nullable Void> clear();

}
