package io.redispatterns.cache.delivery;

import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.delivery.Journal.Debt;
import org.jspecify.annotations.Nullable;

/**
 * How the entries of a cache are evicted, also many at once.
 */
public interface CacheEvictions extends Evictions {

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

	@Override
	default CompletableFuture<Boolean> evict(Debt debt) {
		if (debt.subject() instanceof String tag) {
			return evictTag(tag).thenApply((done) -> true);
		}
		return (debt.subject() == Journal.EVERYTHING) ? clear().thenApply((done) -> true) : Evictions.super.evict(debt);
	}

}
