package io.redispatterns.ratelimit;

import java.util.List;

import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What one subject asks for: permits of one or several policies, all or none.
 *
 * @param subject who asks, any text: a user, an address, a tenant
 * @param names policies by name
 * @param policies policies by definition
 * @param cost permits of each policy; 0 asks whether one could be had
 * @param plan the plan of the subject, {@code null} for what the resolver says
 */
public record RateLimitRequest(String subject, List<String> names, List<RateLimitPolicy> policies, long cost,
		@Nullable String plan) {

	public RateLimitRequest {
		if (names.isEmpty() && policies.isEmpty()) {
			throw new IllegalArgumentException("'policies' must not be empty");
		}
		if (cost < 0) {
			throw new IllegalArgumentException("'cost' must not be negative but was " + cost);
		}
		names = List.copyOf(names);
		policies = List.copyOf(policies);
	}

	/**
	 * One permit of policies by name.
	 * @param subject who asks
	 * @param names names of policies
	 * @return the request
	 */
	public static RateLimitRequest of(String subject, String... names) {
		return new RateLimitRequest(subject, List.of(names), List.of(), 1, null);
	}

	/**
	 * One permit of policies by definition.
	 * @param subject who asks
	 * @param policies the policies
	 * @return the request
	 */
	public static RateLimitRequest of(String subject, RateLimitPolicy... policies) {
		return new RateLimitRequest(subject, List.of(), List.of(policies), 1, null);
	}

	/**
	 * The same at another cost.
	 * @param cost permits of each policy
	 * @return the request
	 */
	public RateLimitRequest withCost(long cost) {
		return new RateLimitRequest(this.subject, this.names, this.policies, cost, this.plan);
	}

	/**
	 * The same under a plan.
	 * @param plan name of the plan
	 * @return the request
	 */
	public RateLimitRequest withPlan(@Nullable String plan) {
		return new RateLimitRequest(this.subject, this.names, this.policies, this.cost, plan);
	}

}
