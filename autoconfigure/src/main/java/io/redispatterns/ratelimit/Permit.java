package io.redispatterns.ratelimit;

import java.util.List;

import io.redispatterns.ratelimit.policy.RateLimitPolicy;

/**
 * Permits that were given, to be settled or released once.
 *
 * @param subject who has them
 * @param policies the policies that they are of
 * @param cost how many of each
 * @param micros when they were given: microseconds since the epoch on the server's clock,
 * or any other number where that does not matter, as for a bucket; 0 when this node gave
 * them without Redis
 * @param lease what a permit of
 * {@link io.redispatterns.ratelimit.policy.Algorithm#CONCURRENCY} is known by
 */
public record Permit(String subject, List<RateLimitPolicy> policies, long cost, long micros, String lease) {

	/**
	 * No permit.
	 */
	public static final Permit NONE = new Permit("", List.of(), 0, 0, "");

}
