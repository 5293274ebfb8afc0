package io.redispatterns.warming.run;

import java.util.concurrent.atomic.LongAdder;

/**
 * What this node has warmed a cache with.
 */
public final class Tally {

	private final LongAdder warmed = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder runs = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	void warmed() {
		this.warmed.increment();
	}

	void failed() {
		this.failed.increment();
	}

	void ended(long took) {
		this.runs.increment();
		this.nanos.add(took);
	}

	public long warmedEntries() {
		return this.warmed.sum();
	}

	public long failedEntries() {
		return this.failed.sum();
	}

	public long runs() {
		return this.runs.sum();
	}

	public long nanos() {
		return this.nanos.sum();
	}

}
