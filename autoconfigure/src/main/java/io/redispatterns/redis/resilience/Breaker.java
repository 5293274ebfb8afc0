package io.redispatterns.redis.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Refuses commands to a server that does not answer in time. A timeout strains it, and so
 * does a slow reply, one in each twentieth of a second; a good one takes a strain back.
 * At the limit it opens, and only a probe closes it: one good probe the first time, many
 * in a row when the server failed again soon after, so that an unsteady server does not
 * make it flap.
 */
final class Breaker {

	private static final long SPACING = Duration.ofMillis(50).toNanos();

	private static final long RELAPSE = Duration.ofSeconds(10).toNanos();

	private static final int PROOFS_AFTER_RELAPSE = 20;

	private final int limit;

	private final long slow;

	private final AtomicInteger strain = new AtomicInteger();

	private final AtomicLong lastSlow;

	private volatile boolean open;

	private long closedAt;

	private boolean closedBefore;

	private int proofs;

	private int missingProofs;

	Breaker(ResilienceProperties settings, long now) {
		this.limit = settings.enabled() ? settings.breaker().failures() : Integer.MAX_VALUE;
		this.slow = settings.breaker().slowCall().toNanos();
		this.lastSlow = new AtomicLong(now - SPACING);
	}

	boolean isOpen() {
		return this.open;
	}

	/**
	 * Take note of a reply.
	 * @param nanos how long it took
	 */
	void answered(long nanos, long now) {
		if (nanos >= this.slow) {
			long last = this.lastSlow.get();
			if (now - last >= SPACING && this.lastSlow.compareAndSet(last, now)) {
				failed(now);
			}
			return;
		}
		int current = this.strain.get();
		if (current > 0) {
			this.strain.compareAndSet(current, current - 1);
		}
	}

	/**
	 * Take note of a timeout.
	 */
	void failed(long now) {
		if (!this.open && this.strain.incrementAndGet() >= this.limit) {
			open(now);
		}
	}

	/**
	 * Take note of a server that says that it serves nobody.
	 */
	void trip(long now) {
		if (!this.open && this.limit < Integer.MAX_VALUE) {
			open(now);
		}
	}

	private synchronized void open(long now) {
		if (!this.open) {
			boolean relapse = this.closedBefore && now - this.closedAt < RELAPSE;
			this.proofs = relapse ? PROOFS_AFTER_RELAPSE : 1;
			this.missingProofs = this.proofs;
			this.open = true;
		}
	}

	/**
	 * Take note of a probe that was answered.
	 * @param nanos how long it took
	 */
	synchronized void probed(long nanos, long now) {
		if (!this.open) {
			answered(nanos, now);
		}
		else if (nanos >= this.slow) {
			this.missingProofs = this.proofs;
		}
		else if (--this.missingProofs <= 0) {
			this.closedAt = now;
			this.closedBefore = true;
			this.strain.set(0);
			this.open = false;
		}
	}

}
