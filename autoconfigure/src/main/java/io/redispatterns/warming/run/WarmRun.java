package io.redispatterns.warming.run;

import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One warm-up, on the thread that runs it. It pauses while Redis is away or caches are
 * not trusted, so that the source has no load whose value is not stored, and ends when
 * another node has taken over.
 */
final class WarmRun {

	private static final Logger logger = LoggerFactory.getLogger(WarmRun.class);

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

	/**
	 * So many keys that fail one after another are a failure of what they are read from.
	 */
	private static final int FAILURES_IN_A_ROW = 10;

	private final WarmPlan plan;

	private final BooleanSupplier usable;

	private final Progress progress;

	private final Pace pace;

	private volatile boolean lost;

	private int failuresInARow;

	WarmRun(WarmPlan plan, BooleanSupplier usable, Tally tally) {
		this.plan = plan;
		this.usable = usable;
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
	 * Read a key, again when its value may not have been stored.
	 */
	private boolean warm(@Nullable Object key) throws Exception {
		Exception failure;
		do {
			this.pace.step();
			while (!this.usable.getAsBoolean() && !this.lost) {
				this.pace.pause(PAUSE);
			}
			if (this.lost) {
				return false;
			}
			failure = read(key);
		}
		while (!this.usable.getAsBoolean());
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
