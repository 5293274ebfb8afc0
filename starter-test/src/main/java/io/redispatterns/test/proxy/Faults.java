package io.redispatterns.test.proxy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.redispatterns.test.proxy.FaultProxy.Direction;

/**
 * The lasting faults of a proxy, in force for all of its connections at once.
 */
final class Faults {

	private static final Duration RETRANSMISSION_TIMEOUT = Duration.ofMillis(200);

	private final Set<Direction> swallowed = EnumSet.noneOf(Direction.class);

	private boolean held;

	private long latency;

	private long jitter;

	private double loss;

	private Random chance = new Random(0);

	synchronized void latency(Duration latency, Duration jitter) {
		if (jitter.compareTo(latency) > 0) {
			throw new IllegalArgumentException(
					"'jitter' must not be longer than the latency of %s but was %s".formatted(latency, jitter));
		}
		this.latency = latency.toNanos();
		this.jitter = jitter.toNanos();
	}

	synchronized void loss(double probability, long seed) {
		if (!(probability >= 0 && probability < 1)) {
			throw new IllegalArgumentException(
					"'probability' must be at least zero and below one but was " + probability);
		}
		this.loss = probability;
		this.chance = new Random(seed);
	}

	synchronized void swallow(Direction direction) {
		this.swallowed.add(direction);
	}

	synchronized boolean swallows(Direction direction) {
		return this.swallowed.contains(direction);
	}

	synchronized void hold() {
		this.held = true;
	}

	synchronized void awaitRelease() throws InterruptedException {
		while (this.held) {
			wait();
		}
	}

	synchronized void clear() {
		this.swallowed.clear();
		this.held = false;
		this.latency = 0;
		this.jitter = 0;
		this.loss = 0;
		notifyAll();
	}

	synchronized long delay(Direction direction) {
		return ((direction == Direction.TO_CLIENT) ? travel() : 0) + retransmission();
	}

	private long travel() {
		return (this.latency == 0) ? 0
				: this.latency + ThreadLocalRandom.current().nextLong(-this.jitter, this.jitter + 1);
	}

	private long retransmission() {
		long delay = 0;
		long timeout = RETRANSMISSION_TIMEOUT.toNanos();
		while (this.loss > 0 && this.chance.nextDouble() < this.loss) {
			delay += timeout;
			timeout *= 2;
		}
		return delay;
	}

}
