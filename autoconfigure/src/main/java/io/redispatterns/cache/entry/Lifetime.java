package io.redispatterns.cache.entry;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.redispatterns.cache.entry.Entry.Times;
import org.jspecify.annotations.Nullable;

/**
 * How long entries live: the configured time less a random part, so that entries made
 * together do not die together and none outlives what was configured.
 *
 * @param timed whether each entry tells when it ends
 */
public record Lifetime(Duration timeToLive, Duration nullTimeToLive, double jitter, Staleness staleness,
		RandomGenerator random, boolean timed) {

	/**
	 * Lifetime of one entry in milliseconds.
	 * @param value bytes of the value, {@code null} for a cached null
	 */
	long millis(byte @Nullable [] value) {
		Duration longest = (value != null) ? this.timeToLive : this.nullTimeToLive;
		return Math.max(1, Math.round(longest.toMillis() * (1 - this.jitter * this.random.nextDouble())));
	}

	/**
	 * The times of a value that is stored now.
	 * @param millis how long it lives
	 * @param now milliseconds on the server's clock, 0 when they are not known
	 * @param load how long its load took in milliseconds, 0 when it was not loaded
	 */
	Times times(long millis, long now, int load) {
		boolean refreshed = load > 0 && this.staleness.earlyRefresh() > 0;
		return (now > 0 && (this.timed || refreshed || this.staleness.window() > 0)) ? new Times(now + millis, load)
				: Times.UNKNOWN;
	}

	/**
	 * Whether a value is to be loaded again though it lives on: the nearer its end, and
	 * the longer its load, the more probable. After Vattani, Chierichetti, Lowenstein,
	 * "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015.
	 * @param left how long it lives on, in milliseconds
	 */
	boolean isDue(Times times, long left) {
		double scale = times.load() * this.staleness.earlyRefresh();
		// No random number is so small that the logarithm exceeds 40
		return left < scale * 40 && left <= -scale * Math.log(1 - this.random.nextDouble());
	}

	/**
	 * How long a value may be kept near without missing the time at which it is to be
	 * loaded again, but for one of 150.
	 * @param left how long it lives on, in milliseconds
	 */
	long nearMillis(Times times, long left) {
		return left - (long) Math.ceil(times.load() * this.staleness.earlyRefresh() * 5);
	}

	/**
	 * Lifetime of the number of a tag in milliseconds, longer than that of any entry.
	 */
	long tagMillis() {
		return 2 * (this.staleness.window()
				+ Math.max(1, Math.max(this.timeToLive.toMillis(), this.nullTimeToLive.toMillis())));
	}

	/**
	 * How values serve around the end of their lives.
	 *
	 * @param whileRevalidate how long after it one serves while it is loaded again
	 * @param ifError how long after it one serves when its load fails
	 * @param earlyRefresh how early it is loaded again, 0 for never: beta, of which 1 is
	 * usual
	 */
	public record Staleness(Duration whileRevalidate, Duration ifError, double earlyRefresh) {

		long window() {
			return Math.max(this.whileRevalidate.toMillis(), this.ifError.toMillis());
		}

	}

}
