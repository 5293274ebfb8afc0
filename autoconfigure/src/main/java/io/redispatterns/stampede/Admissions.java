package io.redispatterns.stampede;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.redispatterns.cache.lease.Lease;
import io.redispatterns.cache.lease.StampedeGuard.Admission;
import org.jspecify.annotations.Nullable;

/**
 * What has become of those who asked for the right to load, and how many wait for it.
 */
final class Admissions {

	private final Map<Outcome, LongAdder> atOnce = counters();

	private final Map<Outcome, LongAdder> afterWait = counters();

	private final AtomicInteger waiting = new AtomicInteger();

	private static Map<Outcome, LongAdder> counters() {
		return Stream.of(Outcome.values())
			.collect(Collectors.toUnmodifiableMap(Function.identity(), (outcome) -> new LongAdder()));
	}

	void waits(CompletableFuture<?> end) {
		this.waiting.incrementAndGet();
		end.whenComplete((result, ex) -> this.waiting.decrementAndGet());
	}

	void count(Entrance entrance, @Nullable Admission admission) {
		Outcome outcome = outcome(entrance, admission);
		counter(outcome, entrance.hasWaited()).increment();
	}

	private static Outcome outcome(Entrance entrance, @Nullable Admission admission) {
		if (admission == null) {
			return Outcome.FAILED;
		}
		Lease.State state = admission.lease().state();
		if (state == Lease.State.FOUND) {
			return Outcome.FOUND;
		}
		if (entrance.hasGivenUp()) {
			return Outcome.GAVE_UP;
		}
		return (state == Lease.State.FENCED) ? Outcome.FENCED : Outcome.LOADED;
	}

	long of(Outcome outcome, boolean waited) {
		return counter(outcome, waited).sum();
	}

	private LongAdder counter(Outcome outcome, boolean waited) {
		LongAdder counter = (waited ? this.afterWait : this.atOnce).get(outcome);
		if (counter == null) {
			throw new IllegalStateException("No counter of " + outcome);
		}
		return counter;
	}

	int waiting() {
		return this.waiting.get();
	}

	/**
	 * What can become of one who asks.
	 */
	enum Outcome {

		/**
		 * He was to load.
		 */
		LOADED,

		/**
		 * Another had loaded meanwhile.
		 */
		FOUND,

		/**
		 * He was to load, and not to store.
		 */
		FENCED,

		/**
		 * He had waited enough, and loaded beside another.
		 */
		GAVE_UP,

		/**
		 * Redis did not answer, and he loaded.
		 */
		FAILED;

		String tag() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
