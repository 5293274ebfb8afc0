package io.redispatterns.ratelimit.script;

import java.time.Duration;
import java.util.List;

import io.redispatterns.ratelimit.policy.PolicyState;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.redis.LuaScript;
import org.jspecify.annotations.Nullable;

/**
 * The short script for what is asked by far the most: one bucket that blocks nobody. The
 * server says how full the bucket was, and takes what fits; which of the requests that
 * were is worked out here by the same sums.
 */
final class SingleBucket {

	static final LuaScript<Long> SCRIPT = LuaScript.returningNumber(SingleBucket.class, "now.lua", "single.lua");

	private final RateLimitPolicy policy;

	private final long span;

	private final long whole;

	private final byte[] wholeText;

	private final byte[] onePermit;

	private SingleBucket(RateLimitPolicy policy) {
		this.policy = policy;
		this.span = policy.intervalMicros();
		this.whole = policy.burst() * this.span;
		this.wholeText = PolicyScript.number(this.whole);
		this.onePermit = PolicyScript.number(this.span);
	}

	/**
	 * The bucket that some policies are.
	 * @return the bucket, {@code null} when they are more, count otherwise or block
	 */
	static @Nullable SingleBucket of(List<RateLimitPolicy> policies) {
		RateLimitPolicy first = policies.get(0);
		boolean fits = policies.size() == 1 && first.algorithm().isBucket() && !first.handling().block().isActive();
		return fits ? new SingleBucket(first) : null;
	}

	/**
	 * The arguments for some requests of one subject.
	 * @param take whether permits are taken
	 */
	byte[][] arguments(boolean take, long[] costs) {
		byte[][] arguments = new byte[take ? 1 + costs.length : 1][];
		arguments[0] = this.wholeText;
		for (int i = 1; i < arguments.length; i++) {
			arguments[i] = (costs[i - 1] == 1) ? this.onePermit : PolicyScript.number(costs[i - 1] * this.span);
		}
		return arguments;
	}

	/**
	 * What was decided about each request.
	 * @param back what the script returned
	 */
	Verdict[] verdicts(long back, boolean take, long[] costs) {
		Verdict[] verdicts = new Verdict[costs.length];
		long missing = back;
		for (int i = 0; i < costs.length; i++) {
			long wait = Math.max(missing + Math.max(costs[i], 1) * this.span - this.whole, 0);
			if (take && wait == 0) {
				missing += costs[i] * this.span;
			}
			PolicyState state = new PolicyState(this.policy, wait == 0, (this.whole - missing) / this.span,
					Numbers.micros(wait), Numbers.micros(missing));
			verdicts[i] = new Verdict(Verdict.ANY_TIME, Duration.ZERO, List.of(state), "");
		}
		return verdicts;
	}

}
