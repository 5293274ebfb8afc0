package io.redispatterns.ratelimit;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import io.redispatterns.ratelimit.policy.PolicyState;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request.
 *
 * @param outcome what was decided
 * @param source where it was decided
 * @param policies where the subject stands with each policy, in the order of the request;
 * empty when exempt, or when nothing was counted for want of Redis
 * @param blockedFor how long the subject gets nothing at all, zero unless blocked
 * @param permit what the permits that were given are settled or released by
 */
public record RateLimitDecision(Outcome outcome, Source source, List<PolicyState> policies, Duration blockedFor,
		Permit permit) {

	/**
	 * Nothing was asked, as the subject is exempt.
	 */
	public static final RateLimitDecision EXEMPT = new RateLimitDecision(Outcome.EXEMPT, Source.LOCAL, List.of(),
			Duration.ZERO, Permit.NONE);

	/**
	 * Whether the request may go on.
	 * @return whether it is allowed
	 */
	public boolean allowed() {
		return this.outcome.isAllowed();
	}

	/**
	 * The time after which the same request may be allowed.
	 * @return the longest of the policies that are violated and of the block, zero when
	 * it is allowed, or costs more than it can ever be allowed
	 */
	public Duration retryAfter() {
		if (allowed()) {
			return Duration.ZERO;
		}
		return violated().stream()
			.map(PolicyState::retryAfter)
			.reduce(this.blockedFor, (one, other) -> (one.compareTo(other) >= 0) ? one : other);
	}

	/**
	 * The policies that the request is refused for.
	 * @return the policies, empty when it is allowed
	 */
	public List<PolicyState> violated() {
		return allowed() ? List.of() : this.policies.stream().filter(PolicyState::isViolated).toList();
	}

	/**
	 * The policy that stands in the way first.
	 * @return the one with the longest retry, else that with the smallest part of its
	 * limit left, {@code null} without policies
	 */
	public @Nullable PolicyState binding() {
		return this.policies.stream()
			.filter((state) -> !state.policy().handling().shadow())
			.min(Comparator.comparing(PolicyState::retryAfter)
				.reversed()
				.thenComparing((state) -> (double) state.remaining() / state.policy().capacity()))
			.orElse(null);
	}

	/**
	 * What can be decided.
	 */
	public enum Outcome {

		/**
		 * Every policy has room.
		 */
		ALLOWED(true),

		/**
		 * A policy has no room.
		 */
		DENIED(false),

		/**
		 * Only policies that are watched have no room.
		 */
		SHADOW_DENIED(true),

		/**
		 * The subject is blocked for a while.
		 */
		BLOCKED(false),

		/**
		 * The subject is not limited.
		 */
		EXEMPT(true),

		/**
		 * Allowed without Redis.
		 */
		DEGRADED_ALLOWED(true),

		/**
		 * Denied without Redis because a policy says so: a failure, not an exceeded
		 * limit.
		 */
		DEGRADED_DENIED(false);

		private final boolean allowed;

		Outcome(boolean allowed) {
			this.allowed = allowed;
		}

		/**
		 * Whether the request may go on.
		 * @return whether it is allowed
		 */
		public boolean isAllowed() {
			return this.allowed;
		}

		/**
		 * The value of a meter's tag.
		 * @return the name in lower case with hyphens
		 */
		public String tag() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

	/**
	 * Where a decision is made.
	 */
	public enum Source {

		/**
		 * On the server.
		 */
		REDIS,

		/**
		 * On this node, which remembers when the subject can be allowed again, or knows
		 * that no policy ever gives so much.
		 */
		DENY_CACHE,

		/**
		 * On the server, in one call with other requests of the subject.
		 */
		COALESCED,

		/**
		 * On this node, from permits that it has taken before.
		 */
		LEASE,

		/**
		 * On this node, without Redis.
		 */
		LOCAL;

		/**
		 * The value of a meter's tag.
		 * @return the name in lower case with hyphens
		 */
		public String tag() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
