package io.redispatterns.benchmarks;

import java.math.BigDecimal;
import java.util.List;

/**
 * The cached value: ten fields, about 440 bytes as JSON.
 *
 * @param id the number of the track, from zero
 * @param title the title
 * @param album the album it is on
 * @param artist who plays it
 * @param composer who wrote it
 * @param genre the genre
 * @param milliseconds the length
 * @param bytes the size
 * @param unitPrice the price
 * @param tags words to find it by
 */
record Track(int id, String title, String album, String artist, String composer, String genre, int milliseconds,
		long bytes, BigDecimal unitPrice, List<String> tags) {

	static Track of(int id) {
		return new Track(id, "For Those About To Rock (We Salute You), take " + id,
				"For Those About To Rock We Salute You, the remastered edition", "AC/DC and guests " + id % 275,
				"Angus Young, Malcolm Young, Brian Johnson, Cliff Williams and Phil Rudd", "Rock", 343_719 + id,
				11_170_334L + id, new BigDecimal("0.99"),
				List.of("hard rock", "live", "anthem", "classic", "loud", "guitar", "cannon"));
	}

}
