package io.redispatterns.ratelimit.local;

import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What one node has given a subject of one policy. Times are microseconds of a clock that
 * never goes back. Not safe for use by many threads.
 */
abstract class LocalCount {

	private long owed;

	private @Nullable RateLimitPolicy asked;

	static LocalCount of(RateLimitPolicy policy) {
		return switch (policy.algorithm()) {
			case TOKEN_BUCKET, LEAKY_BUCKET -> new LocalBucket();
			case FIXED_WINDOW, SLIDING_WINDOW, SLIDING_LOG -> new LocalRing();
			case CONCURRENCY -> new LocalLeases();
		};
	}

	/**
	 * Whether it counts as the policy does, whose algorithm may have changed.
	 */
	abstract boolean counts(RateLimitPolicy policy);

	/**
	 * The time until there is room, zero when there is.
	 */
	abstract long wait(Share share, long now, long cost);

	abstract void take(Share share, long now, long cost, String lease);

	abstract void give(Share share, long now, long cost, String lease);

	abstract long used(Share share, long now);

	/**
	 * The time until all is back.
	 */
	abstract long reset(Share share, long now);

	/**
	 * Note that permits were decided about without the server.
	 * @param policy the policy in force
	 * @param cost permits that were given and that the server does not know of
	 */
	final void owe(RateLimitPolicy policy, long cost) {
		this.owed += cost;
		this.asked = policy;
	}

	/**
	 * The policy that was decided about without the server, which was not told yet.
	 */
	final @Nullable RateLimitPolicy asked() {
		return this.asked;
	}

	/**
	 * The permits that the server does not know of and that still count.
	 */
	final long takeOwed(Share share, long now) {
		long told = (this.owed > 0) ? Math.min(this.owed, used(share, now)) : 0;
		this.owed = 0;
		this.asked = null;
		return told;
	}

	/**
	 * The part of a policy that one node enforces.
	 *
	 * @param capacity the most permits at once
	 * @param span the time in which a bucket gives one permit back, else the window
	 */
	record Share(long capacity, long span) {

		static Share of(RateLimitPolicy policy, int nodes) {
			long limit = Math.max(policy.limit() / nodes, 1);
			long capacity = policy.algorithm().isBucket() ? Math.max(policy.burst() / nodes, 1) : limit;
			long window = policy.windowMicros();
			return new Share(capacity, policy.algorithm().isBucket() ? (window + limit - 1) / limit : window);
		}

	}

}
