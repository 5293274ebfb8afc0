package io.redispatterns.faults;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What happened in a tenth of a second: calls, loads and hiccups that began in it.
 */
final class Bucket {

	final AtomicInteger errors = new AtomicInteger();

	final AtomicInteger loads = new AtomicInteger();

	/** Reads of a version that was overwritten before they began. */
	final AtomicInteger lags = new AtomicInteger();

	/** Those that were overwritten longer ago than the bound for a cut off writer. */
	final AtomicInteger overdue = new AtomicInteger();

	final AtomicLong worst = new AtomicLong();

	final AtomicLong hiccup = new AtomicLong();

	final Durations calls = new Durations();

	final Durations hiccups = new Durations();

	/** What reads took beside the time that their thread spent in the database. */
	final Durations added = new Durations();

	void call(long nanos) {
		this.calls.add(nanos);
		this.worst.accumulateAndGet(nanos, Math::max);
	}

	void hiccup(long nanos) {
		this.hiccups.add(nanos);
		this.hiccup.accumulateAndGet(nanos, Math::max);
	}

	void lag(long nanos) {
		if (nanos > 0) {
			this.lags.incrementAndGet();
		}
		if (nanos > History.OVERDUE.toNanos()) {
			this.overdue.incrementAndGet();
		}
	}

}
