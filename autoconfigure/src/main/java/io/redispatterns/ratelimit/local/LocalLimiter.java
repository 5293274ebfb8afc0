package io.redispatterns.ratelimit.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import io.redispatterns.ratelimit.local.LocalCount.Share;
import io.redispatterns.ratelimit.policy.OnRedisError;
import io.redispatterns.ratelimit.policy.PolicyState;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.ratelimit.script.Verdict;

/**
 * Decides on one node alone, by its share of the limits. It is told what the server
 * gives, so that it does not begin anew when the server goes away; what it gives itself
 * it owes the server, to be told when that is back.
 */
public final class LocalLimiter {

	private final int nodes;

	private final LongSupplier nanoTime;

	private final Subjects subjects;

	/**
	 * Create the limiter.
	 * @param nodes number of nodes that share the limits
	 * @param maxKeys largest number of subjects in memory
	 * @param nanoTime a clock that never goes back
	 */
	public LocalLimiter(int nodes, int maxKeys, LongSupplier nanoTime) {
		this.nodes = nodes;
		this.nanoTime = nanoTime;
		this.subjects = new Subjects(maxKeys);
	}

	/**
	 * Take note of permits that the server has given.
	 * @param subject who has them
	 * @param policies the policies that they are of
	 * @param cost how many of each
	 * @param lease what leases are known by
	 */
	public void charge(String subject, List<RateLimitPolicy> policies, long cost, String lease) {
		Counts counts = this.subjects.get(subject);
		long now = now();
		synchronized (counts) {
			for (RateLimitPolicy policy : policies) {
				counts.of(policy).take(Share.of(policy, this.nodes), now, cost, lease);
			}
		}
	}

	/**
	 * Take note of permits that were given back.
	 * @param subject who had them
	 * @param policies the policies that they were of
	 * @param cost how many of each
	 * @param lease what leases were known by
	 */
	public void giveBack(String subject, List<RateLimitPolicy> policies, long cost, String lease) {
		Counts counts = this.subjects.get(subject);
		long now = now();
		synchronized (counts) {
			for (RateLimitPolicy policy : policies) {
				counts.of(policy).give(Share.of(policy, this.nodes), now, cost, lease);
			}
		}
	}

	/**
	 * Decide.
	 * @param subject who asks
	 * @param policies those with {@link OnRedisError#LOCAL}
	 * @param cost permits of each
	 * @param lease what leases are to be known by
	 * @param owed whether the server will not learn of the permits in another way
	 * @return the verdict
	 */
	public Verdict decide(String subject, List<RateLimitPolicy> policies, long cost, String lease, boolean owed) {
		Counts counts = this.subjects.get(subject);
		long now = now();
		synchronized (counts) {
			long[] waits = new long[policies.size()];
			boolean allowed = true;
			for (int i = 0; i < waits.length; i++) {
				RateLimitPolicy policy = policies.get(i);
				waits[i] = counts.of(policy).wait(Share.of(policy, this.nodes), now, Math.max(cost, 1));
				allowed &= waits[i] == 0 || policy.handling().shadow();
			}
			List<PolicyState> states = new ArrayList<>();
			for (int i = 0; i < waits.length; i++) {
				RateLimitPolicy policy = policies.get(i);
				Share share = Share.of(policy, this.nodes);
				LocalCount count = counts.of(policy);
				boolean given = allowed && waits[i] == 0 && cost > 0;
				if (given) {
					count.take(share, now, cost, lease);
				}
				count.owe(policy, (given && owed) ? cost : 0);
				states
					.add(new PolicyState(policy, waits[i] == 0, Math.max(share.capacity() - count.used(share, now), 0),
							micros(waits[i]), micros(count.reset(share, now))));
			}
			return new Verdict(0, Duration.ZERO, List.copyOf(states), lease);
		}
	}

	/**
	 * Take what the server is owed.
	 * @param subject who has the permits
	 * @param policies the policies
	 * @return permits of each policy, empty when nothing is owed
	 */
	public long[] takeOwed(String subject, List<RateLimitPolicy> policies) {
		Counts counts = this.subjects.find(subject);
		if (counts == null) {
			return new long[0];
		}
		long now = now();
		long sum = 0;
		long[] owed = new long[policies.size()];
		synchronized (counts) {
			for (int i = 0; i < owed.length; i++) {
				RateLimitPolicy policy = policies.get(i);
				owed[i] = counts.of(policy).takeOwed(Share.of(policy, this.nodes), now);
				sum += owed[i];
			}
		}
		return (sum > 0) ? owed : new long[0];
	}

	/**
	 * Owe again what the server was not told.
	 * @param subject who has the permits
	 * @param policies the policies
	 * @param owed permits of each policy, empty for none
	 */
	public void owe(String subject, List<RateLimitPolicy> policies, long[] owed) {
		if (owed.length > 0) {
			Counts counts = this.subjects.get(subject);
			synchronized (counts) {
				for (int i = 0; i < owed.length; i++) {
					counts.of(policies.get(i)).owe(policies.get(i), owed[i]);
				}
			}
		}
	}

	/**
	 * What was decided without the server and is to be told to it. From now on it counts
	 * as told.
	 * @return the debts of all subjects
	 */
	public List<Debt> takeDebts() {
		List<Debt> debts = new ArrayList<>();
		long now = now();
		this.subjects.forEach((subject, counts) -> {
			synchronized (counts) {
				for (LocalCount count : counts.byName.values()) {
					RateLimitPolicy policy = count.asked();
					if (policy != null) {
						Share share = Share.of(policy, this.nodes);
						long lost = count.used(share, now) * this.nodes;
						debts.add(new Debt(subject, policy, count.takeOwed(share, now), lost));
					}
				}
			}
		});
		return debts;
	}

	/**
	 * Forget a subject.
	 * @param subject the subject
	 */
	public void forget(String subject) {
		this.subjects.remove(subject);
	}

	private long now() {
		return this.nanoTime.getAsLong() / 1000;
	}

	private static Duration micros(long micros) {
		return Duration.ofNanos(micros * 1000);
	}

	/**
	 * What the server does not know of a subject.
	 *
	 * @param subject the subject
	 * @param policy the policy
	 * @param owed permits that were given without the server
	 * @param lost permits that all nodes have given if they did as this one, for a server
	 * that has lost what it knew
	 */
	public record Debt(String subject, RateLimitPolicy policy, long owed, long lost) {

	}

	/**
	 * The counts of a subject.
	 */
	static final class Counts {

		private final Map<String, LocalCount> byName = new HashMap<>(2);

		LocalCount of(RateLimitPolicy policy) {
			LocalCount count = this.byName.get(policy.name());
			if (count == null || !count.counts(policy)) {
				count = LocalCount.of(policy);
				this.byName.put(policy.name(), count);
			}
			return count;
		}

	}

}
