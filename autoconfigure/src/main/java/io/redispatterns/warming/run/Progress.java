package io.redispatterns.warming.run;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far one warm-up has come, told in the log at its begin, every ten seconds and at
 * its end.
 */
final class Progress {

	private static final Logger logger = LoggerFactory.getLogger(Progress.class);

	private static final long TELLING = TimeUnit.SECONDS.toNanos(10);

	private final WarmPlan plan;

	private final Tally tally;

	private final LongSupplier nanoTime;

	private final long begun;

	private long told;

	private String total = "";

	private int warmed;

	private int failed;

	Progress(WarmPlan plan, Tally tally) {
		this(plan, tally, System::nanoTime);
	}

	Progress(WarmPlan plan, Tally tally, LongSupplier nanoTime) {
		this.plan = plan;
		this.tally = tally;
		this.nanoTime = nanoTime;
		this.begun = nanoTime.getAsLong();
		this.told = this.begun;
	}

	/**
	 * Tell the begin.
	 * @param size how many entries there are, negative when that is not known
	 */
	void begin(int size) {
		this.total = (size < 0) ? "" : " of " + size;
		logger.info("Warming cache '{}' with {}{}, at most {} entries a second", this.plan.cache(), this.plan.name(),
				(size < 0) ? "" : ": " + size + " entries", this.plan.rate());
	}

	void warmed() {
		this.warmed++;
		this.tally.warmed();
		tell();
	}

	void failed() {
		this.failed++;
		this.tally.failed();
		tell();
	}

	private void tell() {
		long now = this.nanoTime.getAsLong();
		if (now - this.told >= TELLING) {
			this.told = now;
			logger.info("Warming cache '{}': {}{} entries, {} failed", this.plan.cache(), this.warmed, this.total,
					this.failed);
		}
	}

	void end() {
		long took = this.nanoTime.getAsLong() - this.begun;
		this.tally.ended(took);
		logger.info("Warmed cache '{}' with {} entries in {} ms, {} failed", this.plan.cache(), this.warmed,
				TimeUnit.NANOSECONDS.toMillis(took), this.failed);
	}

	void lost() {
		logger.info("Warming of cache '{}' is left to another node after {}{} entries", this.plan.cache(), this.warmed,
				this.total);
	}

}
