package io.redispatterns.faults;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Durations counted in slots of a fifth of a millisecond, all above 400 ms in the last.
 */
final class Durations {

	static final long SLOT = 200_000;

	private static final int SLOTS = 2_001;

	private final AtomicIntegerArray counts = new AtomicIntegerArray(SLOTS);

	void add(long nanos) {
		this.counts.incrementAndGet((int) Math.min(Math.max(0, nanos) / SLOT, SLOTS - 1));
	}

	/**
	 * How many were at least as long.
	 */
	long countFrom(long nanos) {
		long count = 0;
		for (int slot = (int) Math.min(nanos / SLOT, SLOTS - 1); slot < SLOTS; slot++) {
			count += this.counts.get(slot);
		}
		return count;
	}

	/**
	 * The upper end of the slot in which a percentile of all durations lies.
	 * @return nanoseconds, {@code Long.MAX_VALUE} for the last slot, zero without any
	 */
	static long percentile(List<Durations> all, int percent) {
		long[] sums = new long[SLOTS];
		long total = 0;
		for (Durations durations : all) {
			for (int slot = 0; slot < SLOTS; slot++) {
				sums[slot] += durations.counts.get(slot);
				total += durations.counts.get(slot);
			}
		}
		long rank = (total * percent + 99) / 100;
		for (int slot = 0; rank > 0 && slot < SLOTS; slot++) {
			rank -= sums[slot];
			if (rank <= 0) {
				return (slot < SLOTS - 1) ? (slot + 1) * SLOT : Long.MAX_VALUE;
			}
		}
		return 0;
	}

}
