package io.redispatterns.ratelimit.policy;

import java.time.Duration;

/**
 * Where a subject stands with one policy after a decision.
 *
 * @param policy the policy, with the numbers in force for the subject
 * @param allowed whether this policy has room for the request, also where it is only
 * watched
 * @param remaining permits that are left, rounded down
 * @param retryAfter the time after which the same request has room, zero where it has
 * @param resetAfter the time after which the whole limit is back
 */
public record PolicyState(RateLimitPolicy policy, boolean allowed, long remaining, Duration retryAfter,
		Duration resetAfter) {

	/**
	 * Whether the request is to be refused for this policy.
	 * @return {@code true} when there is no room and the policy is not only watched
	 */
	public boolean isViolated() {
		return !this.allowed && !this.policy.handling().shadow();
	}

	/**
	 * The name of the policy.
	 * @return the name
	 */
	public String name() {
		return this.policy.name();
	}

	/**
	 * The limit.
	 * @return permits per window, or at the same time
	 */
	public long limit() {
		return this.policy.limit();
	}

	/**
	 * The window.
	 * @return the time in which the limit comes back
	 */
	public Duration window() {
		return this.policy.window();
	}

}
