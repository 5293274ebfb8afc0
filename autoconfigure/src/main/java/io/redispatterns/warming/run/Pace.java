package io.redispatterns.warming.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Steps of one thread, so many in a second at most. What is late is caught up with by a
 * few steps only.
 */
final class Pace {

	private static final long CATCHING_UP = TimeUnit.MILLISECONDS.toNanos(20);

	private final CountDownLatch never = new CountDownLatch(1);

	private final long period;

	private long next = System.nanoTime();

	Pace(Duration period) {
		this.period = period.toNanos();
	}

	/**
	 * Wait until the next step may be made.
	 */
	void step() throws InterruptedException {
		pause(this.next - System.nanoTime());
		this.next = Math.max(this.next, System.nanoTime() - CATCHING_UP) + this.period;
	}

	void pause(long nanos) throws InterruptedException {
		if (this.never.await(nanos, TimeUnit.NANOSECONDS)) {
			throw new IllegalStateException("A latch that nobody counts down is down");
		}
	}

}
