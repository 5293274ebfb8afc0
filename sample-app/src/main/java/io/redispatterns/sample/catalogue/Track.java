package io.redispatterns.sample.catalogue;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * A track as the shop sells it.
 */
record Track(int id, String name, int albumId, String album, int artistId, String artist, String genre,
		String mediaType, @Nullable String composer, int milliseconds, BigDecimal unitPrice) {
}
