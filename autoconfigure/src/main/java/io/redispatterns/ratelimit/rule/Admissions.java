package io.redispatterns.ratelimit.rule;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.RateLimitRequest;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls in that their rules have room for. Safe for use by many threads.
 */
public final class Admissions {

	private final RateLimiter limiter;

	private final RateLimitPolicies policies;

	private final LimitSettings settings;

	/**
	 * Create the admissions.
	 * @param limiter decides
	 * @param policies the policies in force
	 * @param settings what all limits have in common
	 */
	public Admissions(RateLimiter limiter, RateLimitPolicies policies, LimitSettings settings) {
		this.limiter = limiter;
		this.policies = policies;
		this.settings = settings;
	}

	/**
	 * A call that is known by its request.
	 * @param caller who sends it
	 * @return the call
	 */
	public LimitedCall call(Caller caller) {
		return LimitedCall.of(caller, this.settings);
	}

	/**
	 * The call of a method.
	 * @param caller who makes it
	 * @param method the method of the class
	 * @param args the arguments
	 * @return the call
	 */
	public LimitedCall call(Caller caller, Method method, @Nullable Object[] args) {
		return LimitedCall.of(caller, this.settings, method, args);
	}

	/**
	 * Let a call in; blocks until that is decided.
	 * @param rules what limits it
	 * @param call the call
	 * @return what the call was given
	 * @throws RateLimitExceededException when it is refused
	 */
	public Admission admit(List<LimitRule> rules, LimitedCall call) {
		List<RateLimitDecision> decisions = new ArrayList<>(1);
		for (RateLimitRequest request : requests(rules, call)) {
			RateLimitDecision decision = this.limiter.acquire(request);
			if (!decision.allowed()) {
				throw refuse(decision, decisions, call);
			}
			decisions.add(decision);
		}
		return new Admission(this.limiter, decisions);
	}

	/**
	 * Let a call in without blocking.
	 * @param rules what limits it
	 * @param call the call
	 * @return what the call was given; fails with {@link RateLimitExceededException} when
	 * it is refused
	 */
	public CompletableFuture<Admission> admitLater(List<LimitRule> rules, LimitedCall call) {
		CompletableFuture<List<RateLimitDecision>> all = CompletableFuture.completedFuture(new ArrayList<>(1));
		try {
			for (RateLimitRequest request : requests(rules, call)) {
				all = all.thenCompose((decisions) -> this.limiter.acquireLater(request).thenApply((decision) -> {
					if (!decision.allowed()) {
						throw refuse(decision, decisions, call);
					}
					decisions.add(decision);
					return decisions;
				}));
			}
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return all.thenApply((decisions) -> new Admission(this.limiter, decisions));
	}

	private List<RateLimitRequest> requests(List<LimitRule> rules, LimitedCall call) {
		List<RateLimitRequest> requests = new ArrayList<>(1);
		for (LimitRule rule : rules) {
			rule.addRequests(call, this.policies, requests);
		}
		return requests;
	}

	private RateLimitExceededException refuse(RateLimitDecision decision, List<RateLimitDecision> given,
			LimitedCall call) {
		new Admission(this.limiter, given).giveBack();
		return call.caller().refusal(decision);
	}

}
