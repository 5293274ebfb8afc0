package io.redispatterns.ratelimit.script;

import java.time.Duration;
import java.util.List;

import io.redispatterns.ratelimit.policy.PolicyState;

/**
 * What was decided about one request.
 *
 * @param micros when, on the server's clock in microseconds since the epoch; 0 when this
 * node decided, {@link #ANY_TIME} where it does not matter
 * @param blockedFor how long the subject gets nothing, zero unless blocked
 * @param states where the subject stands with each policy
 * @param lease what leases that were given are known by
 */
public record Verdict(long micros, Duration blockedFor, List<PolicyState> states, String lease) {

	/**
	 * The time of permits of a bucket, which are given back without it.
	 */
	static final long ANY_TIME = 1;

	/**
	 * Whether the request may go on.
	 * @return {@code false} when the subject is blocked or a policy has no room
	 */
	public boolean allowed() {
		if (!this.blockedFor.isZero()) {
			return false;
		}
		for (PolicyState state : this.states) {
			if (state.isViolated()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The time after which the same request has room.
	 * @return the longest of the policies that are violated and of the block
	 */
	public Duration retryAfter() {
		Duration longest = this.blockedFor;
		for (PolicyState state : this.states) {
			if (state.isViolated() && state.retryAfter().compareTo(longest) > 0) {
				longest = state.retryAfter();
			}
		}
		return longest;
	}

	/**
	 * The same as it is some time later, when nobody has asked meanwhile.
	 * @param nanos the time
	 * @return the verdict
	 */
	public Verdict after(long nanos) {
		return new Verdict(this.micros, less(this.blockedFor, nanos),
				this.states.stream()
					.map((state) -> new PolicyState(state.policy(), state.allowed(), state.remaining(),
							less(state.retryAfter(), nanos), less(state.resetAfter(), nanos)))
					.toList(),
				this.lease);
	}

	private static Duration less(Duration duration, long nanos) {
		long left = duration.toNanos() - nanos;
		return (left > 0) ? Duration.ofNanos(left) : Duration.ZERO;
	}

}
