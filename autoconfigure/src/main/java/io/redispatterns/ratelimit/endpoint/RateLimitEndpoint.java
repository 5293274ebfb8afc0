package io.redispatterns.ratelimit.endpoint;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitRequest;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.ratelimit.policy.PolicyState;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Actuator endpoint of the rate limits: {@code /actuator/ratelimits}. It lists no
 * subject, and tells of one only to who names it. It blocks and resets where
 * {@code management.endpoint.ratelimits.access} is {@code unrestricted}.
 */
@Endpoint(id = "ratelimits", defaultAccess = Access.READ_ONLY)
public final class RateLimitEndpoint {

	private final RateLimiter limiter;

	private final RateLimitPolicies policies;

	RateLimitEndpoint(RateLimiter limiter, RateLimitPolicies policies) {
		this.limiter = limiter;
		this.policies = policies;
	}

	/**
	 * The policies in force.
	 * @return the policies by name, and the names of the plans
	 */
	@ReadOperation
	public Map<String, Object> policies() {
		Map<String, Object> shown = new LinkedHashMap<>();
		for (String name : names()) {
			shown.put(name, this.policies.get(name, null));
		}
		return Map.of("policies", shown, "plans", this.policies.plans());
	}

	/**
	 * Where a subject stands.
	 * @param subject the subject
	 * @param plan its plan, {@code null} for what the resolver says
	 * @return what would be decided, by the name of the policy
	 */
	@ReadOperation
	public Map<String, Object> subject(@Selector String subject, @Nullable String plan) {
		Map<String, Object> shown = new LinkedHashMap<>();
		for (String name : names()) {
			RateLimitDecision decision = this.limiter.peek(RateLimitRequest.of(subject, name).withPlan(plan));
			shown.put(name, describe(decision));
		}
		return shown;
	}

	/**
	 * Refuse everything to a subject for a while.
	 * @param subject the subject
	 * @param length for how long, such as {@code 15m}
	 */
	@WriteOperation
	public void block(@Selector String subject, Duration length) {
		if (length.isNegative()) {
			throw new InvalidEndpointRequestException("'length' must not be negative", "'length' must not be negative");
		}
		this.limiter.block(subject, length);
	}

	/**
	 * Forget what a subject has used up, and that it is blocked.
	 * @param subject the subject
	 * @param policy name of a policy, {@code null} for all
	 */
	@DeleteOperation
	public void reset(@Selector String subject, @Nullable String policy) {
		this.limiter.reset(subject, (policy != null) ? new String[] { policy } : new String[0]);
	}

	private Collection<String> names() {
		return this.policies.all().stream().map(RateLimitPolicy::name).sorted().toList();
	}

	private static Map<String, Object> describe(RateLimitDecision decision) {
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("outcome", decision.outcome());
		shown.put("source", decision.source());
		List<PolicyState> states = decision.policies();
		if (!states.isEmpty()) {
			PolicyState state = states.get(0);
			shown.put("limit", state.limit());
			shown.put("window", state.window());
			shown.put("remaining", state.remaining());
			shown.put("resetAfter", state.resetAfter());
		}
		shown.put("retryAfter", decision.retryAfter());
		return shown;
	}

}
