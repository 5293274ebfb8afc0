package io.redispatterns.ratelimit.local;

import io.redispatterns.ratelimit.policy.RateLimitPolicy;

/**
 * A sliding window of a few parts, of which the oldest counts whole: never more than the
 * share in any trailing window.
 */
final class LocalRing extends LocalCount {

	private static final int PARTS = 16;

	private final int[] counts = new int[PARTS + 1];

	private long newest = Long.MIN_VALUE;

	private long width = 1;

	@Override
	boolean counts(RateLimitPolicy policy) {
		return switch (policy.algorithm()) {
			case FIXED_WINDOW, SLIDING_WINDOW, SLIDING_LOG -> true;
			default -> false;
		};
	}

	@Override
	long wait(Share share, long now, long cost) {
		long excess = used(share, now) + cost - share.capacity();
		if (excess <= 0) {
			return 0;
		}
		long part = this.newest - PARTS;
		while (part < this.newest && (excess -= count(part)) > 0) {
			part++;
		}
		return leaves(part, now);
	}

	@Override
	void take(Share share, long now, long cost, String lease) {
		advance(share, now);
		add(this.newest, cost);
	}

	@Override
	void give(Share share, long now, long cost, String lease) {
		advance(share, now);
		long left = cost;
		for (long part = this.newest; part >= this.newest - PARTS && left > 0; part--) {
			long given = Math.min(left, count(part));
			add(part, -given);
			left -= given;
		}
	}

	@Override
	long used(Share share, long now) {
		advance(share, now);
		long sum = 0;
		for (int count : this.counts) {
			sum += count;
		}
		return sum;
	}

	@Override
	long reset(Share share, long now) {
		advance(share, now);
		for (long part = this.newest; part >= this.newest - PARTS; part--) {
			if (count(part) > 0) {
				return leaves(part, now);
			}
		}
		return 0;
	}

	private void advance(Share share, long now) {
		long wanted = (share.span() + PARTS - 1) / PARTS;
		if (wanted != this.width) {
			long sum = 0;
			for (int i = 0; i < this.counts.length; i++) {
				sum += this.counts[i];
				this.counts[i] = 0;
			}
			// As if all had been given now
			this.width = wanted;
			this.newest = Math.floorDiv(now, wanted);
			add(this.newest, sum);
		}
		long part = Math.floorDiv(now, this.width);
		long first = Math.max(this.newest + 1, part - PARTS);
		for (long passed = first; passed <= part; passed++) {
			this.counts[index(passed)] = 0;
		}
		this.newest = Math.max(this.newest, part);
	}

	private long leaves(long part, long now) {
		return (part + PARTS + 1) * this.width - now;
	}

	private long count(long part) {
		return this.counts[index(part)];
	}

	private void add(long part, long count) {
		this.counts[index(part)] = (int) Math.min(this.counts[index(part)] + count, Integer.MAX_VALUE);
	}

	private int index(long part) {
		return Math.floorMod(part, this.counts.length);
	}

}
