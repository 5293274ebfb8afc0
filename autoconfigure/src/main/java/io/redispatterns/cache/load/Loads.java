package io.redispatterns.cache.load;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.flight.Flight;
import io.redispatterns.cache.flight.Flight.Landing;
import io.redispatterns.cache.flight.Flights;
import io.redispatterns.cache.flight.Turns;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.StampedeGuard;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache.ValueRetrievalException;

/**
 * Loads of one cache: what is not found, or not answered, is loaded once for all who ask
 * at the same time, as far as the guard says so, and stored unless a write has come
 * between. Values are store values, or what the loader brought.
 */
public final class Loads {

	private final EntryAccess entries;

	private final Deferral deferral;

	private final LoadObservations observations;

	private final LoadReader reader;

	private final Turns turns;

	private final Flights flights = new Flights();

	private final Fills fills;

	private final Permits permits;

	private final Lookups lookups;

	private final LaterLoads later;

	/**
	 * Create the loads of a cache.
	 * @param entries its entries
	 * @param deferral when its writes take effect
	 * @param standIns what serves while Redis does not
	 * @param settings how it is loaded
	 */
	public Loads(EntryAccess entries, Deferral deferral, StandIns standIns, Settings settings) {
		this.entries = entries;
		this.deferral = deferral;
		this.observations = settings.observations();
		this.reader = new LoadReader(entries, standIns);
		this.turns = new Turns(settings.concurrency());
		this.permits = new Permits(entries, settings.guard());
		this.fills = new Fills(entries, standIns, this.flights);
		this.lookups = new Lookups(this.reader, this.permits, this.fills, deferral);
		this.later = new LaterLoads(this.reader, this.permits, this.flights, this.fills,
				(turn, loader) -> this.turns.runLater(turn, () -> this.observations.observe(loader)));
	}

	/**
	 * The reads of those who may put what they miss.
	 */
	public Lookups lookups() {
		return this.lookups;
	}

	public LoadReader reader() {
		return this.reader;
	}

	/**
	 * How many loaders wait for their turn.
	 */
	public long waiting() {
		return this.turns.waiting();
	}

	/**
	 * The writes beside the loads.
	 */
	public Fills fills() {
		return this.fills;
	}

	public @Nullable Object get(Object key, Callable<? extends @Nullable Object> loader) {
		byte[] entry = this.entries.key(key);
		long begun = System.nanoTime();
		Object found = this.reader.look(entry);
		if (!(found instanceof Miss miss)) {
			return found;
		}
		Load load = new Load(entry, loader, System.nanoTime() - begun);
		try {
			return this.deferral.isActive() ? pilot(prepare(entry), miss, load) : share(miss, load);
		}
		catch (ExecutionException ex) {
			throw new ValueRetrievalException(key, loader, LoadObservations.unwrap(ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ValueRetrievalException(key, loader, ex);
		}
		catch (LoaderException ex) {
			throw new ValueRetrievalException(key, loader, ex.getCause());
		}
	}

	private Flight prepare(byte[] entry) {
		Flight flight = this.flights.prepare(entry, Thread.currentThread());
		flight.hurry(Turns.isNested());
		return flight;
	}

	/**
	 * Load, or wait for another caller's load. A value that was not found good may be
	 * older than a write that the caller knows of, unless its load began after he asked:
	 * that of the next flight did.
	 */
	private @Nullable Object share(Miss missed, Load load) throws InterruptedException, ExecutionException {
		Object found = missed;
		for (boolean next = false; found instanceof Miss miss; next = true) {
			Flight own = prepare(load.entry());
			Flight flight = this.permits.areShared() ? this.flights.board(own) : own;
			boolean late = flight.isClosed();
			Landing landing = (flight != own) ? await(flight, miss) : null;
			if (landing == null) {
				return pilot(own, miss, load);
			}
			if (next || (landing.good() && !late)) {
				return landing.value();
			}
			found = this.reader.lookAgain(load.entry(), miss);
		}
		return found;
	}

	/**
	 * Wait for a flight.
	 * @return its end, {@code null} when the wait would not end
	 */
	private @Nullable Landing await(Flight flight, Miss miss) throws InterruptedException, ExecutionException {
		try {
			return this.flights.join(flight) ? flight.landing(miss).get() : null;
		}
		finally {
			this.flights.leave();
		}
	}

	private @Nullable Object pilot(Flight flight, Miss missed, Load load)
			throws InterruptedException, ExecutionException {
		try {
			Object found = (missed == Miss.UNKNOWN) ? this.reader.lookAgain(flight.key(), missed) : missed;
			while (found instanceof Miss miss) {
				boolean pass = this.deferral.isActive() || !this.entries.mayWait();
				Permit permit = (pass ? this.permits.pass(flight.key(), miss) : this.permits.enter(flight.key(), miss))
					.get();
				if (!permit.isFound()) {
					return load(flight, permit, load);
				}
				permit.end(false);
				flight.closeDoors();
				found = this.reader.lookAgain(flight.key(), miss);
			}
			flight.land(found, true);
			return found;
		}
		catch (Throwable ex) {
			flight.crash((ex instanceof LoaderException && ex.getCause() != null) ? ex.getCause() : ex);
			throw ex;
		}
	}

	private @Nullable Object load(Flight flight, Permit permit, Load load) {
		Object loaded;
		try {
			loaded = this.turns.run(flight.turn(), () -> this.observations.observe(load.loader()));
		}
		catch (Throwable ex) {
			permit.end(false);
			throw new LoaderException(ex);
		}
		this.deferral.run(() -> {
			CompletableFuture<Boolean> filled = this.fills.fill(flight, loaded, permit);
			// Not before: a stand-in of a flight that has ended is not kept
			filled.whenComplete((good, ex) -> flight.land(loaded, ex == null && good));
			this.entries.settle(filled, load.waited());
		});
		return loaded;
	}

	public CompletableFuture<@Nullable Object> retrieve(Object key, Supplier<? extends CompletableFuture<?>> loader) {
		return this.later.retrieve(this.entries.key(key), loader, Turns.isNested());
	}

	/**
	 * How the values of a cache are loaded.
	 *
	 * @param observations observes its loaders
	 * @param guard decides who loads
	 * @param concurrency how many loaders run at once, 0 for any number
	 */
	public record Settings(LoadObservations observations, StampedeGuard guard, int concurrency) {

	}

	/**
	 * What a caller wants loaded.
	 *
	 * @param waited how long he has waited for the read, in nanoseconds
	 */
	private record Load(byte[] entry, Callable<? extends @Nullable Object> loader, long waited) {

	}

	/**
	 * What a loader threw, on its way to the caller.
	 */
	private static final class LoaderException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		LoaderException(Throwable cause) {
			super(null, cause, false, false);
		}

	}

}
