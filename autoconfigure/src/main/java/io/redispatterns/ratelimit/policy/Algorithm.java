package io.redispatterns.ratelimit.policy;

/**
 * How a limit is counted.
 */
public enum Algorithm {

	/**
	 * Permits come back one by one at an even rate, and up to a burst is saved up (GCRA).
	 * Never more than the burst and what came back in any time.
	 */
	TOKEN_BUCKET,

	/**
	 * A token bucket without savings: permits are spaced evenly, one at a time.
	 */
	LEAKY_BUCKET,

	/**
	 * Never more than the limit in a window that begins with its first permit; up to
	 * twice the limit around the end of a window.
	 */
	FIXED_WINDOW,

	/**
	 * Never more than the limit in any trailing window, in bounded memory: a permit comes
	 * back up to a hundredth of the window late.
	 */
	SLIDING_WINDOW,

	/**
	 * Never more than the limit in any trailing window, and each permit comes back
	 * exactly a window after it was given; memory grows with the limit.
	 */
	SLIDING_LOG,

	/**
	 * Never more than the limit at the same time. A permit that is not released, as after
	 * a crash, comes back after the window.
	 */
	CONCURRENCY;

	/**
	 * Whether permits trickle back at a rate.
	 * @return {@code true} for the two buckets
	 */
	public boolean isBucket() {
		return this == TOKEN_BUCKET || this == LEAKY_BUCKET;
	}

}
