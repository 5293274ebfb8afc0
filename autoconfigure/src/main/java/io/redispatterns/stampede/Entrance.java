package io.redispatterns.stampede;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.redispatterns.redis.Availability;
import org.jspecify.annotations.Nullable;

/**
 * One caller's way to the right to load: until when he waits, and what for.
 */
final class Entrance {

	static final Runnable NOTHING_TO_LEAVE = () -> {
	};

	private static final long TICK = Duration.ofMillis(100).toNanos();

	private static final Executor TIMER_THREAD = Runnable::run;

	private final Admissions admissions;

	private final Availability availability;

	private final long deadline;

	private volatile boolean waited;

	private volatile boolean late;

	Entrance(Admissions admissions, Availability availability, Duration patience) {
		this.admissions = admissions;
		this.availability = availability;
		this.deadline = System.nanoTime() + patience.toNanos();
	}

	/**
	 * How long the caller still waits, in nanoseconds; none or less when he does not.
	 */
	long left() {
		return this.deadline - System.nanoTime();
	}

	/**
	 * Take note that the caller waits for another.
	 * @param end completed when he does no more
	 */
	<T> CompletableFuture<T> waits(CompletableFuture<T> end) {
		this.waited = true;
		this.admissions.waits(end);
		return end;
	}

	boolean hasWaited() {
		return this.waited;
	}

	/**
	 * Take note that the caller has waited enough, and loads beside another.
	 */
	void givesUp() {
		this.late = true;
	}

	boolean hasGivenUp() {
		return this.late;
	}

	/**
	 * End a wait when its time is over, or when Redis is found to be away meanwhile, of
	 * which nobody sends a message.
	 * @param wait what is completed when the wait ends otherwise
	 * @param nanos how long it may last
	 * @return completed when the wait has ended, with whether it did by itself
	 */
	CompletableFuture<Boolean> bound(CompletableFuture<?> wait, long nanos) {
		CompletableFuture<Boolean> ended = new CompletableFuture<>();
		wait.whenComplete((result, ex) -> ended.complete(true));
		look(ended, this.availability.outage(), System.nanoTime() + Math.min(nanos, left()));
		return ended;
	}

	private void look(CompletableFuture<Boolean> ended, Availability.@Nullable Outage before, long end) {
		long left = end - System.nanoTime();
		Availability.Outage outage = this.availability.outage();
		if (left <= 0 || (outage != null && outage != before)) {
			// What follows may send commands, for which the timer's thread has no time
			ended.completeAsync(() -> false);
		}
		else if (!ended.isDone()) {
			CompletableFuture.delayedExecutor(Math.min(left, TICK), TimeUnit.NANOSECONDS, TIMER_THREAD)
				.execute(() -> look(ended, before, end));
		}
	}

}
