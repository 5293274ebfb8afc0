package io.redispatterns.cache.bulk;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.fill.Permits;
import io.redispatterns.cache.fill.Permits.Asked;
import io.redispatterns.cache.flight.Flight;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.Permit;
import org.jspecify.annotations.Nullable;

/**
 * One of many entries that a caller has missed, and the flight that brings its value.
 */
final class Missed {

	private final int place;

	private final Flight flight;

	private final boolean passing;

	private Miss miss;

	private @Nullable Asked asked;

	/**
	 * Create one of many.
	 * @param passing whether it goes past the guard
	 */
	Missed(int place, Flight flight, boolean passing, Miss miss) {
		this.place = place;
		this.flight = flight;
		this.passing = passing;
		this.miss = miss;
	}

	int place() {
		return this.place;
	}

	Flight flight() {
		return this.flight;
	}

	Miss miss() {
		return this.miss;
	}

	/**
	 * Ask for the right to load the first time, wait for it the second time.
	 */
	CompletableFuture<?> ask(Permits permits, long waited) {
		if (this.asked != null) {
			return this.asked.permit();
		}
		this.asked = this.passing
				? new Asked(permits.pass(this.flight.key(), this.miss), CompletableFuture.completedFuture(null))
				: permits.ask(this.flight.key(), this.miss, waited);
		return this.passing ? this.asked.permit() : this.asked.answer();
	}

	/**
	 * The right to load.
	 */
	Permit permit() {
		return Objects.requireNonNull(this.asked).permit().join();
	}

	/**
	 * Whether another has filled it.
	 */
	boolean isFilled() {
		return isAnswered() && permit().isFound();
	}

	boolean isGranted() {
		return isAnswered() && !permit().isFound();
	}

	private boolean isAnswered() {
		return this.asked != null && this.asked.permit().isDone();
	}

	/**
	 * Leave it to be looked for again.
	 */
	void leave() {
		permit().end(false);
		this.asked = null;
		this.flight.closeDoors();
	}

	static int[] places(List<Missed> granted) {
		return granted.stream().mapToInt(Missed::place).toArray();
	}

	void missAgain(Miss again) {
		this.miss = again;
	}

	void crash(Throwable failure) {
		this.flight.crash(failure);
		if (this.asked != null) {
			this.asked.permit().thenAccept((permit) -> permit.end(false));
		}
	}

}
