package io.redispatterns.ratelimit.policy;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A limit under a name. What a subject has used up is kept under the name alone, so that
 * a policy of the same name with other numbers goes on from there.
 *
 * @param name 1 to 64 letters, digits, dots, underscores or hyphens
 * @param algorithm how it is counted
 * @param limit permits per window, or at the same time
 * @param window the time in which the limit comes back; for {@link Algorithm#CONCURRENCY}
 * the time after which a permit comes back that nobody has released
 * @param burst permits that a token bucket saves up
 * @param handling what is done with its decisions
 */
public record RateLimitPolicy(String name, Algorithm algorithm, long limit, Duration window, long burst,
		Handling handling) {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	private static final long MAX_WINDOW = 1L << 50;

	private static final long MAX_LIMIT = 1_000_000_000L;

	private static final long MAX_LOG = 100_000;

	public RateLimitPolicy {
		require("name", name, NAME.matcher(name).matches(),
				"consist of 1 to 64 letters, digits, dots, underscores or hyphens");
		require("limit", limit, limit > 0 && limit <= MAX_LIMIT, "be between 1 and " + MAX_LIMIT);
		require("limit", limit, algorithm != Algorithm.SLIDING_LOG || limit <= MAX_LOG,
				"be at most %d for 'sliding-log', which remembers each permit".formatted(MAX_LOG));
		require("window", window, window.toNanos() >= 1000 && window.toNanos() / 1000 <= MAX_WINDOW,
				"be between 1 microsecond and 35 years");
		require("limit", limit, limit <= window.toNanos() / 1000 || !algorithm.isBucket(),
				"be at most one permit per microsecond of 'window' for a bucket");
		require("burst", burst, burst > 0, "be greater than zero");
		require("burst", burst, burst == 1 || algorithm != Algorithm.LEAKY_BUCKET,
				"be 1 for 'leaky-bucket', which spaces permits evenly");
		require("burst", burst, burst <= MAX_WINDOW / interval(limit, window),
				"be small enough that a full bucket comes back within 35 years");
		require("ahead", handling.ahead(), handling.ahead() >= 0 && handling.ahead() <= limit / 2,
				"be between 0 and half of 'limit'");
		require("ahead", handling.ahead(), handling.ahead() == 0 || algorithm != Algorithm.CONCURRENCY,
				"be 0 for 'concurrency'");
	}

	/**
	 * A token bucket that saves up a whole limit.
	 * @param name its name
	 * @param limit permits per window
	 * @param window the time in which the limit comes back
	 * @return the policy
	 */
	public static RateLimitPolicy of(String name, long limit, Duration window) {
		return new RateLimitPolicy(name, Algorithm.TOKEN_BUCKET, limit, window, limit, Handling.DEFAULT);
	}

	/**
	 * The same, counted in another way.
	 * @param algorithm how it is counted
	 * @return the policy
	 */
	public RateLimitPolicy with(Algorithm algorithm) {
		long burst = (algorithm != Algorithm.LEAKY_BUCKET) ? this.burst : 1;
		return new RateLimitPolicy(this.name, algorithm, this.limit, this.window, burst, this.handling);
	}

	/**
	 * The same with another limit, of which a whole one is saved up.
	 * @param limit permits per window
	 * @return the policy
	 */
	public RateLimitPolicy withLimit(long limit) {
		long burst = (this.algorithm != Algorithm.LEAKY_BUCKET) ? limit : 1;
		return new RateLimitPolicy(this.name, this.algorithm, limit, this.window, burst, this.handling);
	}

	/**
	 * The same with another burst.
	 * @param burst permits that a token bucket saves up
	 * @return the policy
	 */
	public RateLimitPolicy withBurst(long burst) {
		return new RateLimitPolicy(this.name, this.algorithm, this.limit, this.window, burst, this.handling);
	}

	/**
	 * The same with another handling.
	 * @param handling what is done with its decisions
	 * @return the policy
	 */
	public RateLimitPolicy with(Handling handling) {
		return new RateLimitPolicy(this.name, this.algorithm, this.limit, this.window, this.burst, handling);
	}

	/**
	 * The most that one request can cost.
	 * @return the burst of a bucket, the limit of anything else
	 */
	public long capacity() {
		return this.algorithm.isBucket() ? this.burst : this.limit;
	}

	/**
	 * The time in which a bucket gives one permit back, rounded up so that the limit is
	 * never exceeded.
	 * @return microseconds
	 */
	public long intervalMicros() {
		return interval(this.limit, this.window);
	}

	/**
	 * The window.
	 * @return microseconds
	 */
	public long windowMicros() {
		return this.window.toNanos() / 1000;
	}

	private static long interval(long limit, Duration window) {
		return (window.toNanos() / 1000 + limit - 1) / limit;
	}

	private static void require(String component, Object value, boolean holds, String reason) {
		if (!holds) {
			throw new InvalidRateLimitException(component, value, reason);
		}
	}

}
