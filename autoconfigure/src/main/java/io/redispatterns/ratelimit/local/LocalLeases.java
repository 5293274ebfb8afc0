package io.redispatterns.ratelimit.local;

import java.util.HashMap;
import java.util.Map;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;

/**
 * Leases by name, with the time at which each ends when nobody releases it.
 */
final class LocalLeases extends LocalCount {

	private final Map<String, Lease> leases = new HashMap<>();

	@Override
	boolean counts(RateLimitPolicy policy) {
		return policy.algorithm() == Algorithm.CONCURRENCY;
	}

	@Override
	long wait(Share share, long now, long cost) {
		if (used(share, now) + cost <= share.capacity()) {
			return 0;
		}
		return this.leases.values().stream().mapToLong(Lease::end).min().orElse(now) - now;
	}

	@Override
	void take(Share share, long now, long cost, String lease) {
		this.leases.put(lease, new Lease(cost, now + share.span()));
	}

	@Override
	void give(Share share, long now, long cost, String lease) {
		this.leases.remove(lease);
	}

	@Override
	long used(Share share, long now) {
		this.leases.values().removeIf((lease) -> lease.end() <= now);
		return this.leases.values().stream().mapToLong(Lease::cost).sum();
	}

	@Override
	long reset(Share share, long now) {
		return this.leases.values().stream().mapToLong(Lease::end).max().orElse(now) - now;
	}

	private record Lease(long cost, long end) {

	}

}
