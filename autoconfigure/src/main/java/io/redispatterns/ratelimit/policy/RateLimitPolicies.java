package io.redispatterns.ratelimit.policy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The policies in force by name, and the numbers that the subjects of a plan have
 * instead. A change is in force for the next request and keeps what was counted. Safe for
 * use by many threads.
 */
public final class RateLimitPolicies {

	private final Map<String, RateLimitPolicy> policies = new ConcurrentHashMap<>();

	private final Map<String, Map<String, RateLimitPolicy>> plans = new ConcurrentHashMap<>();

	/**
	 * Define a policy, in place of any of its name.
	 * @param policy the policy
	 */
	public void define(RateLimitPolicy policy) {
		this.policies.put(policy.name(), policy);
	}

	/**
	 * Define what a policy is for the subjects of a plan.
	 * @param plan name of the plan
	 * @param policy the policy, in place of the one of its name
	 */
	public void define(String plan, RateLimitPolicy policy) {
		this.plans.computeIfAbsent(plan, (name) -> new ConcurrentHashMap<>()).put(policy.name(), policy);
	}

	/**
	 * Find a policy.
	 * @param name its name
	 * @return the policy, {@code null} when there is none
	 */
	public @Nullable RateLimitPolicy find(String name) {
		return this.policies.get(name);
	}

	/**
	 * Find the policy of a plan.
	 * @param name name of the policy
	 * @param plan name of the plan, {@code null} for none; a plan that says nothing of
	 * the policy leaves it as it stands
	 * @return the policy
	 * @throws UnknownRateLimitPolicyException if there is none of the name
	 */
	public RateLimitPolicy get(String name, @Nullable String plan) {
		if (plan != null) {
			RateLimitPolicy planned = this.plans.getOrDefault(plan, Map.of()).get(name);
			if (planned != null) {
				return planned;
			}
		}
		RateLimitPolicy policy = this.policies.get(name);
		if (policy == null) {
			throw new UnknownRateLimitPolicyException(name, this.policies.keySet(), null);
		}
		return policy;
	}

	/**
	 * All policies as they stand without a plan.
	 * @return the policies in no order
	 */
	public Collection<RateLimitPolicy> all() {
		return List.copyOf(this.policies.values());
	}

	/**
	 * The names of the plans.
	 * @return the names in no order
	 */
	public Collection<String> plans() {
		return List.copyOf(this.plans.keySet());
	}

}
