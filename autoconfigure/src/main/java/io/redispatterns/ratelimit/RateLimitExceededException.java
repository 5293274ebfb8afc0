package io.redispatterns.ratelimit;

import java.util.stream.Collectors;

import io.redispatterns.ratelimit.policy.PolicyState;

/**
 * A request that was refused. Carries no stack trace and not the subject: it is raised as
 * often as callers ask.
 */
public class RateLimitExceededException extends RuntimeException {

	private final transient RateLimitDecision decision;

	/**
	 * Create the exception.
	 * @param decision what was decided
	 */
	public RateLimitExceededException(RateLimitDecision decision) {
		super(message(decision), null, false, false);
		this.decision = decision;
	}

	/**
	 * What was decided.
	 * @return the decision
	 */
	public RateLimitDecision decision() {
		return this.decision;
	}

	private static String message(RateLimitDecision decision) {
		if (decision.outcome() == RateLimitDecision.Outcome.DEGRADED_DENIED) {
			return "Refused because the rate limiter cannot reach Redis";
		}
		if (decision.outcome() == RateLimitDecision.Outcome.BLOCKED) {
			return "Blocked, retry after " + decision.retryAfter();
		}
		String policies = decision.violated().stream().map(PolicyState::name).collect(Collectors.joining(", "));
		return decision.retryAfter().isZero() ? "Costs more than %s ever gives".formatted(policies)
				: "Over the limit of %s, retry after %s".formatted(policies, decision.retryAfter());
	}

}
