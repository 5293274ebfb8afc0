package io.redispatterns.cache.entry;

import java.time.Duration;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * How long entries live: the configured time less a random part, so that entries made
 * together do not die together and none outlives what was configured.
 */
public record Lifetime(Duration timeToLive, Duration nullTimeToLive, double jitter, RandomGenerator random) {

	/**
	 * Lifetime of one entry in milliseconds.
	 * @param value bytes of the value, {@code null} for a cached null
	 */
	long millis(byte @Nullable [] value) {
		Duration longest = (value != null) ? this.timeToLive : this.nullTimeToLive;
		return Math.max(1, Math.round(longest.toMillis() * (1 - this.jitter * this.random.nextDouble())));
	}

	/**
	 * Lifetime of the number of a tag in milliseconds, longer than that of any entry.
	 */
	long tagMillis() {
		return 2 * Math.max(1, Math.max(this.timeToLive.toMillis(), this.nullTimeToLive.toMillis()));
	}

}
