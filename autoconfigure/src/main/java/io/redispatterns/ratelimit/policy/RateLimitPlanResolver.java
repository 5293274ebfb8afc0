package io.redispatterns.ratelimit.policy;

import org.jspecify.annotations.Nullable;

/**
 * Tells the plan of a subject, such as that of a customer, where a request does not name
 * one.
 */
@FunctionalInterface
public interface RateLimitPlanResolver {

	/**
	 * No subject has a plan.
	 */
	RateLimitPlanResolver NONE = (subject) -> null;

	/**
	 * Find the plan. Called for each request, so it must not block.
	 * @param subject who asks
	 * @return the name of a plan, {@code null} for the policies as they stand
	 */
	@Nullable String plan(String subject);

}
