package io.redispatterns.ratelimit.policy;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A policy that is named and not defined. At start the failure analysis names those that
 * are.
 */
public final class UnknownRateLimitPolicyException extends IllegalArgumentException {

	private final String policy;

	/**
	 * Create the exception.
	 * @param policy the name without a policy
	 * @param known the names that there are
	 * @param where who names it, {@code null} when that is known from the stack
	 */
	public UnknownRateLimitPolicyException(String policy, Collection<String> known, @Nullable String where) {
		super("%s rate limit policy '%s', and there are only %s".formatted(
				(where != null) ? where + " names the" : "There is no", policy,
				List.copyOf(known).stream().sorted().toList()));
		this.policy = policy;
	}

	/**
	 * The name without a policy.
	 * @return the name
	 */
	public String policy() {
		return this.policy;
	}

	/**
	 * Turns the exception into a description and an action.
	 */
	static final class Analyzer extends AbstractFailureAnalyzer<UnknownRateLimitPolicyException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, UnknownRateLimitPolicyException cause) {
			return new FailureAnalysis(cause.getMessage() + ".",
					"Set 'redis.rate-limit.policies.%s.limit' and '.window', or correct the name."
						.formatted(cause.policy()),
					cause);
		}

	}

}
