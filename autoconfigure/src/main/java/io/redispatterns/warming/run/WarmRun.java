package io.redispatterns.warming.run;

import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.redispatterns.redis.Availability;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One warm-up, on the thread that runs it. It pauses while Redis is away, so that the
 * source of the values has no load that is not stored, and ends when another node has
 * taken over.
 */
final class WarmRun {

	private static final Logger logger = LoggerFactory.getLogger(WarmRun.class);

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

	/**
	 * So many keys that fail one after another are a failure of what they are read from.
	 */
	private static final int FAILURES_IN_A_ROW = 10;

	private final WarmPlan plan;

	private final Availability availability;

	private final Progress progress;

	private final Pace pace;

	private volatile boolean lost;

	private int failuresInARow;

	WarmRun(WarmPlan plan, Availability availability, Tally tally) {
		this.plan = plan;
		this.availability = availability;
		this.progress = new Progress(plan, tally);
		this.pace = new Pace(plan.period());
	}

	/**
	 * End soon: another node has taken over, or may.
	 */
	void lose() {
		this.lost = true;
	}

	/**
	 * Read all keys.
	 * @return whether all were read, {@code false} when another node has taken over
	 * @throws Exception what the method of the keys, or the last of many reads, has
	 * thrown
	 */
	boolean run() throws Exception {
		Object returned = this.plan.keys().call();
		try (Stream<?> keys = stream(returned)) {
			this.progress.begin((returned instanceof Collection<?> all) ? all.size() : -1);
			for (Iterator<?> each = keys.iterator(); each.hasNext();) {
				if (!warm(each.next())) {
					this.progress.lost();
					return false;
				}
			}
		}
		this.progress.end();
		return true;
	}

	private static Stream<?> stream(@Nullable Object returned) {
		if (returned instanceof Stream<?> stream) {
			return stream;
		}
		return (returned instanceof Iterable<?> many) ? StreamSupport.stream(many.spliterator(), false)
				: Stream.empty();
	}

	/**
	 * Read a key, again when Redis has gone away meanwhile and may not have the value.
	 */
	private boolean warm(@Nullable Object key) throws Exception {
		Exception failure;
		do {
			this.pace.step();
			while (this.availability.outage() != null && !this.lost) {
				this.pace.pause(PAUSE);
			}
			if (this.lost) {
				return false;
			}
			failure = read(key);
		}
		while (this.availability.outage() != null);
		count(failure);
		return true;
	}

	private @Nullable Exception read(@Nullable Object key) throws InterruptedException {
		try {
			this.plan.reader().read(key);
			return null;
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			return ex;
		}
	}

	private void count(@Nullable Exception failure) throws Exception {
		if (failure == null) {
			this.failuresInARow = 0;
			this.progress.warmed();
			return;
		}
		this.progress.failed();
		logger.debug("An entry could not be warmed", failure);
		if (++this.failuresInARow == FAILURES_IN_A_ROW) {
			throw failure;
		}
	}

}
