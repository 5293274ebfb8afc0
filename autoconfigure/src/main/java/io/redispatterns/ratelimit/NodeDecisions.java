package io.redispatterns.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.redispatterns.ratelimit.RateLimitDecision.Outcome;
import io.redispatterns.ratelimit.RateLimitDecision.Source;
import io.redispatterns.ratelimit.call.DenyCache;
import io.redispatterns.ratelimit.local.LocalLimiter;
import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.OnRedisError;
import io.redispatterns.ratelimit.policy.PolicyState;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.ratelimit.script.PolicyScript;
import io.redispatterns.ratelimit.script.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What one node decides without the server: refusals that it remembers, and whatever is
 * asked while the server is away.
 */
final class NodeDecisions {

	private final OnRedisError onRedisError;

	private final LocalLimiter local;

	private final DenyCache refusals;

	private final Supplier<String> leaseNames;

	/**
	 * Create the decisions.
	 * @param onRedisError what is decided without Redis where a policy does not say it
	 * @param local decides alone
	 * @param refusals who is refused
	 * @param leaseNames names for leases, unlike those of any other node
	 */
	NodeDecisions(OnRedisError onRedisError, LocalLimiter local, DenyCache refusals, Supplier<String> leaseNames) {
		this.onRedisError = onRedisError;
		this.local = local;
		this.refusals = refusals;
		this.leaseNames = leaseNames;
	}

	LocalLimiter limiter() {
		return this.local;
	}

	Supplier<String> leaseNames() {
		return this.leaseNames;
	}

	int refusals() {
		return this.refusals.size();
	}

	/**
	 * Find a refusal that stands.
	 */
	@Nullable RateLimitDecision refusal(Asked asked) {
		Verdict refusal = this.refusals.find(asked.script(), asked.subject(), asked.cost());
		return (refusal != null) ? asked.decision(refusal, Source.DENY_CACHE) : null;
	}

	/**
	 * Remember what the server has decided.
	 */
	void learn(Asked asked, Verdict verdict, Permit permit) {
		if (!verdict.allowed()) {
			this.refusals.put(asked.script(), asked.subject(), asked.cost(), verdict);
			return;
		}
		List<RateLimitPolicy> counted = counted(permit.policies());
		if (!counted.isEmpty()) {
			this.local.charge(asked.subject(), counted, asked.cost(), verdict.lease());
		}
	}

	/**
	 * Decide alone.
	 * @param owed whether the server is to be told when it is back
	 */
	RateLimitDecision decide(Asked asked, boolean owed) {
		boolean denied = asked.script()
			.policies()
			.stream()
			.anyMatch((policy) -> onRedisError(policy) == OnRedisError.DENY && !policy.handling().shadow());
		if (denied) {
			return new RateLimitDecision(Outcome.DEGRADED_DENIED, Source.LOCAL, List.of(), Duration.ZERO, Permit.NONE);
		}
		List<RateLimitPolicy> counted = counted(asked.script().policies());
		String lease = asked.script().hasLeases() ? this.leaseNames.get() : "";
		return asked.decision(this.local.decide(asked.subject(), counted, asked.cost(), lease, owed), Source.LOCAL);
	}

	void settle(Permit permit, long cost) {
		if (cost < permit.cost()) {
			List<RateLimitPolicy> spent = counted(permit.policies()).stream()
				.filter((policy) -> policy.algorithm() != Algorithm.CONCURRENCY)
				.toList();
			this.local.giveBack(permit.subject(), spent, permit.cost() - cost, permit.lease());
			this.refusals.forget(permit.subject());
		}
	}

	void release(Permit permit) {
		List<RateLimitPolicy> leased = permit.policies()
			.stream()
			.filter((policy) -> policy.algorithm() == Algorithm.CONCURRENCY)
			.toList();
		this.local.giveBack(permit.subject(), leased, permit.cost(), permit.lease());
	}

	void forget(String subject) {
		this.local.forget(subject);
		this.refusals.forget(subject);
	}

	private List<RateLimitPolicy> counted(List<RateLimitPolicy> policies) {
		for (RateLimitPolicy policy : policies) {
			if (onRedisError(policy) != OnRedisError.LOCAL) {
				return policies.stream().filter((each) -> onRedisError(each) == OnRedisError.LOCAL).toList();
			}
		}
		return policies;
	}

	private OnRedisError onRedisError(RateLimitPolicy policy) {
		OnRedisError own = policy.handling().onRedisError();
		return (own != OnRedisError.INHERIT) ? own : this.onRedisError;
	}

	/**
	 * A request with the policies that are in force for it.
	 */
	record Asked(String subject, byte[] key, PolicyScript script, long cost) {

		Asked withCost(long cost) {
			return new Asked(this.subject, this.key, this.script, cost);
		}

		/**
		 * Whether the cost is more than a policy that is enforced ever gives.
		 */
		boolean isNeverGiven() {
			return this.cost > this.script.least();
		}

		/**
		 * The refusal of such a cost, for which there is no time to retry.
		 */
		RateLimitDecision never() {
			List<PolicyState> states = this.script.policies()
				.stream()
				.filter((policy) -> this.cost > policy.capacity() && !policy.handling().shadow())
				.map((policy) -> new PolicyState(policy, false, 0, Duration.ZERO, Duration.ZERO))
				.toList();
			return new RateLimitDecision(Outcome.DENIED, Source.DENY_CACHE, states, Duration.ZERO, Permit.NONE);
		}

		RateLimitDecision decision(Verdict verdict, Source source) {
			Outcome outcome = outcome(verdict, source);
			Permit permit = Permit.NONE;
			if (outcome.isAllowed() && this.cost > 0) {
				permit = new Permit(this.subject, given(verdict), this.cost, verdict.micros(), verdict.lease());
			}
			return new RateLimitDecision(outcome, source, verdict.states(), verdict.blockedFor(), permit);
		}

		private List<RateLimitPolicy> given(Verdict verdict) {
			List<RateLimitPolicy> all = this.script.policies();
			if (verdict.states().size() == all.size() && hasRoomEverywhere(verdict)) {
				return all;
			}
			return verdict.states().stream().filter(PolicyState::allowed).map(PolicyState::policy).toList();
		}

		private static boolean hasRoomEverywhere(Verdict verdict) {
			for (PolicyState state : verdict.states()) {
				if (!state.allowed()) {
					return false;
				}
			}
			return true;
		}

		private static Outcome outcome(Verdict verdict, Source source) {
			if (!verdict.blockedFor().isZero()) {
				return Outcome.BLOCKED;
			}
			if (!verdict.allowed()) {
				return Outcome.DENIED;
			}
			if (source == Source.LOCAL) {
				return Outcome.DEGRADED_ALLOWED;
			}
			return hasRoomEverywhere(verdict) ? Outcome.ALLOWED : Outcome.SHADOW_DENIED;
		}

	}

}
