package io.redispatterns.cache.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.fill.Fills;
import io.redispatterns.cache.fill.LoadReader;
import io.redispatterns.cache.fill.Permits;
import io.redispatterns.cache.flight.Flight;
import io.redispatterns.cache.flight.Flight.Landing;
import io.redispatterns.cache.flight.Flights;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.flight.Turns;
import io.redispatterns.cache.lease.Miss;
import org.jspecify.annotations.Nullable;

/**
 * What the loads of one cache are made with.
 *
 * @param entries the entries of the cache
 * @param reader reads them
 * @param permits gives the right to load
 * @param flights the loads that go on
 * @param fills takes what is loaded
 * @param deferral when what is loaded may be seen by others
 * @param turns limits how many loaders run
 * @param observations observes the loaders
 */
public record Equipment(EntryAccess entries, LoadReader reader, Permits permits, Flights flights, Fills fills,
		Deferral deferral, Turns turns, LoadObservations observations) {

	/**
	 * Open a flight, or find the one that is open.
	 * @param own the flight to open
	 * @return the one that is open, or the own where callers do not share loads
	 */
	public Flight board(Flight own) {
		return this.permits.areShared() ? this.flights.board(own) : own;
	}

	/**
	 * The end of a flight, or {@link Landing#OVERDUE} when it is not to be waited for any
	 * longer: its loader may wait for the one who asks, unknown to both.
	 */
	public CompletableFuture<Landing> landing(Flight flight, Miss miss) {
		return landing(flight, miss, this.permits.patience());
	}

	private CompletableFuture<Landing> landing(Flight flight, Miss miss, long nanos) {
		return flight.landing(miss)
			.copy()
			.completeOnTimeout(Landing.OVERDUE, nanos, TimeUnit.NANOSECONDS)
			.thenCompose((landing) -> {
				if (landing != Landing.OVERDUE) {
					return CompletableFuture.completedFuture(landing);
				}
				long left = flight.left(this.permits.patience());
				// Not on the timer's thread, which has no time for commands
				return (left > 0) ? landing(flight, miss, left) : CompletableFuture.supplyAsync(() -> landing);
			});
	}

	/**
	 * Run a loader in its turn, without holding up anybody.
	 */
	public CompletableFuture<@Nullable Object> run(Flight flight, Supplier<? extends CompletableFuture<?>> loader) {
		return this.turns.runLater(flight.turn(), () -> this.observations.observe(loader));
	}

}
