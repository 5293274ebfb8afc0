package io.redispatterns.ratelimit.method;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.redispatterns.ratelimit.Permit;
import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitDecision.Outcome;
import io.redispatterns.ratelimit.RateLimitDecision.Source;
import io.redispatterns.ratelimit.RateLimitRequest;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.ratelimit.policy.PolicyState;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;

/**
 * Counts on this node and for ever, so that a test sees each permit.
 */
public final class CountingLimiter implements RateLimiter {

	private final RateLimitPolicies policies;

	private final Map<String, Long> used = new ConcurrentHashMap<>();

	private final List<RateLimitRequest> requests = new ArrayList<>();

	public CountingLimiter(RateLimitPolicies policies) {
		this.policies = policies;
	}

	/**
	 * What was used up, by subject and policy.
	 */
	Map<String, Long> used() {
		return this.used;
	}

	List<RateLimitRequest> requests() {
		return this.requests;
	}

	@Override
	public synchronized RateLimitDecision acquire(RateLimitRequest request) {
		this.requests.add(request);
		List<RateLimitPolicy> asked = Stream
			.concat(request.names().stream().map((name) -> this.policies.get(name, request.plan())),
					request.policies().stream())
			.toList();
		List<PolicyState> states = asked.stream().map((policy) -> state(request, policy)).toList();
		if (states.stream().anyMatch(PolicyState::isViolated)) {
			return new RateLimitDecision(Outcome.DENIED, Source.LOCAL, states, Duration.ZERO, Permit.NONE);
		}
		asked.forEach((policy) -> this.used.merge(key(request.subject(), policy), request.cost(), Long::sum));
		return new RateLimitDecision(Outcome.ALLOWED, Source.LOCAL, states, Duration.ZERO,
				new Permit(request.subject(), asked, request.cost(), 1, "lease"));
	}

	private PolicyState state(RateLimitRequest request, RateLimitPolicy policy) {
		long left = policy.limit() - this.used.getOrDefault(key(request.subject(), policy), 0L) - request.cost();
		return new PolicyState(policy, left >= 0, Math.max(0, left), (left >= 0) ? Duration.ZERO : policy.window(),
				policy.window());
	}

	@Override
	public CompletableFuture<RateLimitDecision> acquireLater(RateLimitRequest request) {
		return CompletableFuture.supplyAsync(() -> acquire(request));
	}

	@Override
	public CompletableFuture<Void> settle(Permit permit, long cost) {
		permit.policies()
			.forEach((policy) -> this.used.merge(key(permit.subject(), policy), cost - permit.cost(), Long::sum));
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<Void> release(Permit permit) {
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public RateLimitDecision peek(RateLimitRequest request) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void reset(String subject, String... policies) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void block(String subject, Duration length) {
		throw new UnsupportedOperationException();
	}

	private static String key(String subject, RateLimitPolicy policy) {
		return subject + " " + policy.name();
	}

}
