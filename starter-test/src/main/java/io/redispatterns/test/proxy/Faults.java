package io.redispatterns.test.proxy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.redispatterns.test.proxy.FaultProxy.Direction;

/**
 * The lasting faults of a proxy, in force for all of its connections at once.
 */
final class Faults {

	private final Set<Direction> swallowed = EnumSet.noneOf(Direction.class);

	private boolean held;

	private long latency;

	private long jitter;

	synchronized void latency(Duration latency, Duration jitter) {
		if (jitter.compareTo(latency) > 0) {
			throw new IllegalArgumentException(
					"'jitter' must not be longer than the latency of %s but was %s".formatted(latency, jitter));
		}
		this.latency = latency.toNanos();
		this.jitter = jitter.toNanos();
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
		notifyAll();
	}

	synchronized long delay(Direction direction) {
		if (direction == Direction.TO_SERVER || this.latency == 0) {
			return 0;
		}
		return this.latency + ThreadLocalRandom.current().nextLong(-this.jitter, this.jitter + 1);
	}

}
