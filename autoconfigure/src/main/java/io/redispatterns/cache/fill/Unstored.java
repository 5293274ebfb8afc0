package io.redispatterns.cache.fill;

import org.jspecify.annotations.Nullable;

/**
 * What a loader has brought for its callers, and not for the cache.
 *
 * @param value the value
 */
public record Unstored(@Nullable Object value) {

	/**
	 * What callers get.
	 * @param loaded what a loader has brought
	 */
	public static @Nullable Object served(@Nullable Object loaded) {
		return (loaded instanceof Unstored unstored) ? unstored.value() : loaded;
	}

}
