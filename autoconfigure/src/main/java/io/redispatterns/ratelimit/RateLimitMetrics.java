package io.redispatterns.ratelimit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.ratelimit.policy.PolicyState;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Meters of the decisions. A subject is never a tag, and policies beyond the first
 * hundred share one.
 */
final class RateLimitMetrics implements MeterBinder, RedisDecisions.Listener {

	private static final int MAX_POLICIES = 100;

	private static final int NEAR = 5;

	private final ObjectProvider<RedisRateLimiter> limiters;

	private final Map<String, String> policies = new ConcurrentHashMap<>();

	private final Map<Counted, Counter> decisions = new ConcurrentHashMap<>();

	private final Map<String, Counter> near = new ConcurrentHashMap<>();

	private volatile @Nullable MeterRegistry registry;

	RateLimitMetrics(ObjectProvider<RedisRateLimiter> limiters) {
		this.limiters = limiters;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registry = registry;
		this.limiters.ifAvailable((limiter) -> {
			Gauge.builder("redis.rate.limit.away", limiter, (asked) -> asked.isAway() ? 1 : 0)
				.description("Whether decisions are made without Redis, for at least some subjects")
				.register(registry);
			Gauge.builder("redis.rate.limit.refusals", limiter, RedisRateLimiter::refusals)
				.description("Refused subjects that this node remembers")
				.register(registry);
		});
	}

	@Override
	public void decided(List<RateLimitPolicy> policies, RateLimitDecision decision) {
		MeterRegistry bound = this.registry;
		if (bound == null) {
			return;
		}
		PolicyState state = decisive(decision);
		String policy = tag((state != null) ? state.name() : policies.get(0).name());
		Counted counted = new Counted(policy, decision.outcome(), decision.source());
		this.decisions.computeIfAbsent(counted, (key) -> counter(bound, key)).increment();
		if (state != null && decision.outcome() == RateLimitDecision.Outcome.ALLOWED
				&& state.remaining() * NEAR < state.policy().capacity()) {
			this.near.computeIfAbsent(policy, (key) -> near(bound, key)).increment();
		}
	}

	/**
	 * The policy that a decision is counted for.
	 */
	private static @Nullable PolicyState decisive(RateLimitDecision decision) {
		List<PolicyState> states = decision.policies();
		for (PolicyState state : states) {
			if (!state.allowed() && (decision.allowed() || state.isViolated())) {
				return state;
			}
		}
		return states.isEmpty() ? null : states.get(0);
	}

	private String tag(String policy) {
		String known = this.policies.get(policy);
		if (known != null) {
			return known;
		}
		return (this.policies.size() < MAX_POLICIES) ? this.policies.computeIfAbsent(policy, (name) -> name) : "other";
	}

	private static Counter counter(MeterRegistry registry, Counted counted) {
		return Counter.builder("redis.rate.limit.decisions")
			.tag("policy", counted.policy())
			.tag("outcome", counted.outcome().tag())
			.tag("source", counted.source().tag())
			.description("Decisions by the policy that was decisive, what was decided and where")
			.register(registry);
	}

	private static Counter near(MeterRegistry registry, String policy) {
		return Counter.builder("redis.rate.limit.near")
			.tag("policy", policy)
			.description("Allowed requests after which less than a fifth of the limit was left")
			.register(registry);
	}

	private record Counted(String policy, RateLimitDecision.Outcome outcome, RateLimitDecision.Source source) {

	}

}
