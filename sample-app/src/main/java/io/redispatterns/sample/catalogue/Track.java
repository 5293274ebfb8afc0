package io.redispatterns.sample.catalogue;

import java.math.BigDecimal;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * A track as the shop sells it. The price is written as a string, so that no reader
 * rounds it.
 */
record Track(int id, String name, int albumId, String album, int artistId, String artist, String genre,
		String mediaType, @Nullable String composer, int milliseconds,
		@JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal unitPrice) {
}
