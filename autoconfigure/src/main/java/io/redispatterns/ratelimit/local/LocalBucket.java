package io.redispatterns.ratelimit.local;

import io.redispatterns.ratelimit.policy.RateLimitPolicy;

/**
 * A bucket, known by the time at which it is full again (GCRA).
 */
final class LocalBucket extends LocalCount {

	private long full = Long.MIN_VALUE;

	@Override
	boolean counts(RateLimitPolicy policy) {
		return policy.algorithm().isBucket();
	}

	@Override
	long wait(Share share, long now, long cost) {
		return Math.max(reset(share, now) + (cost - share.capacity()) * share.span(), 0);
	}

	@Override
	void take(Share share, long now, long cost, String lease) {
		this.full = Math.min(Math.max(this.full, now) + cost * share.span(), now + share.capacity() * share.span());
	}

	@Override
	void give(Share share, long now, long cost, String lease) {
		this.full = Math.max(this.full, now) - cost * share.span();
	}

	@Override
	long used(Share share, long now) {
		return (reset(share, now) + share.span() - 1) / share.span();
	}

	@Override
	long reset(Share share, long now) {
		return Math.max(this.full, now) - now;
	}

}
