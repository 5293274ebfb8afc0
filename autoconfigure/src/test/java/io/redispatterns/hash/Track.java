package io.redispatterns.hash;

import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the tests store.
 */
public record Track(String name, BigDecimal unitPrice, long plays, int stock, List<String> genres,
		@Nullable String composer) {

	public static final Track SONG = new Track("Größe \"{a:b}\\", new BigDecimal("0.99"), 7, 3,
			List.of("Rock", "Jazz, Funk"), null);

	Track withName(String name) {
		return new Track(name, this.unitPrice, this.plays, this.stock, this.genres, this.composer);
	}

}
