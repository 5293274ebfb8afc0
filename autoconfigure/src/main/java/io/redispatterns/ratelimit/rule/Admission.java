package io.redispatterns.ratelimit.rule;

import java.util.List;

import io.redispatterns.ratelimit.Permit;
import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.Count;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;

/**
 * What a call was given, until it ends.
 */
public final class Admission {

	private final RateLimiter limiter;

	private final List<RateLimitDecision> decisions;

	Admission(RateLimiter limiter, List<RateLimitDecision> decisions) {
		this.limiter = limiter;
		this.decisions = decisions;
	}

	/**
	 * What was decided.
	 * @return a decision for each subject of the call
	 */
	public List<RateLimitDecision> decisions() {
		return this.decisions;
	}

	/**
	 * End the call: a success uses up nothing of policies that count failures, and
	 * permits of what goes on at the same time come back. To be called once.
	 * @param succeeded whether the call was a success
	 */
	public void end(boolean succeeded) {
		for (RateLimitDecision decision : this.decisions) {
			Permit permit = decision.permit();
			boolean concurrent = false;
			boolean failures = false;
			for (RateLimitPolicy policy : permit.policies()) {
				concurrent |= policy.algorithm() == Algorithm.CONCURRENCY;
				failures |= policy.handling().count() == Count.FAILURES;
			}
			if (failures && succeeded) {
				List<RateLimitPolicy> unused = permit.policies()
					.stream()
					.filter((policy) -> policy.handling().count() == Count.FAILURES)
					.toList();
				this.limiter
					.settle(new Permit(permit.subject(), unused, permit.cost(), permit.micros(), permit.lease()), 0);
			}
			if (concurrent) {
				this.limiter.release(permit);
			}
		}
	}

	void giveBack() {
		for (RateLimitDecision decision : this.decisions) {
			Permit permit = decision.permit();
			if (!permit.policies().isEmpty()) {
				this.limiter.settle(permit, 0);
				this.limiter.release(permit);
			}
		}
	}

}
