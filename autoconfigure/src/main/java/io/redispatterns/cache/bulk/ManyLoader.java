package io.redispatterns.cache.bulk;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Loads some of the entries that a caller has asked for.
 */
@FunctionalInterface
public interface ManyLoader {

	/**
	 * Load entries.
	 * @param places which of the entries, by their places
	 * @return their values in the order of the places, {@code null} where there is none
	 */
	@Nullable Object[] load(int[] places) throws Exception;

	/**
	 * Loads some of the entries that a caller has asked for, without holding him up.
	 */
	interface Later extends Function<int[], CompletableFuture<@Nullable Object[]>> {

	}

}
