package io.redispatterns.races;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * By how much a node is held up where a race is won or lost: most often not at all.
 */
final class Pauses {

	private static final double SHORT = 0.3;

	private static final double LONG = 0.03;

	private static final double LONGEST = 0.0005;

	private static final Duration LEASE = Duration.ofSeconds(3);

	private final Random random;

	private final boolean patient;

	/**
	 * Create pauses.
	 * @param random when they are and how long
	 * @param patient whether a few outlast a lease
	 */
	Pauses(Random random, boolean patient) {
		this.random = random;
		this.patient = patient;
	}

	void inLoader() {
		pause(choose());
	}

	void beforeCommit() {
		pause(choose());
	}

	void afterCommit() {
		pause(Math.min(choose(), Duration.ofMillis(50).toNanos()));
	}

	private long choose() {
		double chance = this.random.nextDouble();
		if (this.patient && chance < LONGEST) {
			return LEASE.toNanos() + millis(1_500);
		}
		if (chance < LONG) {
			return millis(150);
		}
		return (chance < SHORT) ? millis(10) : 0;
	}

	private long millis(int most) {
		return (long) (this.random.nextDouble() * most * 1_000_000);
	}

	static void pause(long nanos) {
		long end = System.nanoTime() + nanos;
		for (long rest = nanos; rest > 0; rest = end - System.nanoTime()) {
			LockSupport.parkNanos(rest);
		}
	}

}
