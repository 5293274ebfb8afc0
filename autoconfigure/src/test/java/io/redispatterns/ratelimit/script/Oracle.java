package io.redispatterns.ratelimit.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

import io.redispatterns.ratelimit.policy.RateLimitPolicy;

/**
 * What an algorithm has to answer, in whole numbers and the plainest words.
 */
abstract class Oracle {

	static Oracle of(RateLimitPolicy policy) {
		return switch (policy.algorithm()) {
			case TOKEN_BUCKET, LEAKY_BUCKET -> new Bucket();
			case FIXED_WINDOW -> new Fixed();
			case SLIDING_WINDOW -> new Parts();
			case SLIDING_LOG, CONCURRENCY -> new Log();
		};
	}

	/**
	 * The time until there is room, 0 when there is.
	 */
	abstract long wait(RateLimitPolicy policy, long now, long cost);

	abstract void take(RateLimitPolicy policy, long now, long cost);

	abstract long left(RateLimitPolicy policy, long now);

	/**
	 * The time at which the bucket is full again.
	 */
	static final class Bucket extends Oracle {

		private long full;

		@Override
		long wait(RateLimitPolicy policy, long now, long cost) {
			long missing = missing(policy, now) + cost * policy.intervalMicros()
					- policy.burst() * policy.intervalMicros();
			return Math.max(missing, 0);
		}

		@Override
		void take(RateLimitPolicy policy, long now, long cost) {
			this.full = now + missing(policy, now) + cost * policy.intervalMicros();
		}

		@Override
		long left(RateLimitPolicy policy, long now) {
			return (policy.burst() * policy.intervalMicros() - missing(policy, now)) / policy.intervalMicros();
		}

		private long missing(RateLimitPolicy policy, long now) {
			this.full = Math.min(this.full, now + policy.burst() * policy.intervalMicros());
			return Math.max(this.full - now, 0);
		}

	}

	/**
	 * A window that begins with its first permit.
	 */
	static final class Fixed extends Oracle {

		private long end;

		private long used;

		@Override
		long wait(RateLimitPolicy policy, long now, long cost) {
			return (used(policy, now) + cost <= policy.limit()) ? 0 : this.end - now;
		}

		@Override
		void take(RateLimitPolicy policy, long now, long cost) {
			this.used = used(policy, now) + cost;
		}

		@Override
		long left(RateLimitPolicy policy, long now) {
			return Math.max(policy.limit() - used(policy, now), 0);
		}

		private long used(RateLimitPolicy policy, long now) {
			this.end = Math.min(this.end, now + policy.windowMicros());
			if (this.end <= now || this.used == 0) {
				this.used = 0;
				this.end = now + policy.windowMicros();
			}
			return this.used;
		}

	}

	/**
	 * A permit counts until the hundredth part of the window that it was given in has
	 * left whole.
	 */
	static final class Parts extends Oracle {

		private final TreeMap<Long, Long> byPart = new TreeMap<>();

		@Override
		long wait(RateLimitPolicy policy, long now, long cost) {
			long sum = sum(policy, now);
			for (Map.Entry<Long, Long> oldest : this.byPart.entrySet()) {
				if (sum + cost <= policy.limit()) {
					break;
				}
				sum -= oldest.getValue();
				if (sum + cost <= policy.limit()) {
					return (oldest.getKey() + 101) * width(policy) - now;
				}
			}
			return 0;
		}

		@Override
		void take(RateLimitPolicy policy, long now, long cost) {
			this.byPart.merge(now / width(policy), cost, Long::sum);
		}

		@Override
		long left(RateLimitPolicy policy, long now) {
			return Math.max(policy.limit() - sum(policy, now), 0);
		}

		private long sum(RateLimitPolicy policy, long now) {
			this.byPart.keySet().removeIf((part) -> (part + 101) * width(policy) <= now);
			return this.byPart.values().stream().mapToLong((count) -> count).sum();
		}

		private static long width(RateLimitPolicy policy) {
			return (policy.windowMicros() + 99) / 100;
		}

	}

	/**
	 * A permit counts for exactly the window.
	 */
	static final class Log extends Oracle {

		private final Deque<Long> times = new ArrayDeque<>();

		@Override
		long wait(RateLimitPolicy policy, long now, long cost) {
			forget(policy, now);
			long excess = this.times.size() + cost - policy.limit();
			if (excess <= 0) {
				return 0;
			}
			return this.times.stream().skip(excess - 1).findFirst().orElseThrow() + policy.windowMicros() - now;
		}

		@Override
		void take(RateLimitPolicy policy, long now, long cost) {
			for (long i = 0; i < cost; i++) {
				this.times.addLast(now);
			}
		}

		@Override
		long left(RateLimitPolicy policy, long now) {
			forget(policy, now);
			return Math.max(policy.limit() - this.times.size(), 0);
		}

		private void forget(RateLimitPolicy policy, long now) {
			while (!this.times.isEmpty() && this.times.getFirst() + policy.windowMicros() <= now) {
				this.times.removeFirst();
			}
		}

	}

}
