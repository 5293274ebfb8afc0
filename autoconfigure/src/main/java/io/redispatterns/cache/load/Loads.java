package io.redispatterns.cache.load;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import io.redispatterns.cache.entry.EntryAccess;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache.ValueRetrievalException;

/**
 * Loads of one cache: what is not found, or not answered, is loaded once per node for all
 * who ask at the same time, and stored unless a write has come between. Values are store
 * values, or what the loader brought.
 */
public final class Loads {

	private final EntryAccess entries;

	private final Deferral deferral;

	private final LoadObservations observations;

	private final LoadReader reader;

	private final Turns turns;

	private final Flights flights = new Flights();

	private final Fills fills;

	/**
	 * Create the loads of a cache.
	 * @param entries its entries
	 * @param deferral when its writes take effect
	 * @param observations observes its loaders
	 * @param standIns what serves while Redis does not
	 * @param concurrency how many loaders run at once, 0 for any number
	 */
	public Loads(EntryAccess entries, Deferral deferral, LoadObservations observations, StandIns standIns,
			int concurrency) {
		this.entries = entries;
		this.deferral = deferral;
		this.observations = observations;
		this.reader = new LoadReader(entries, standIns);
		this.fills = new Fills(entries, standIns, this.flights);
		this.turns = new Turns(concurrency);
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
		long landings = this.flights.landings(entry);
		long begun = System.nanoTime();
		Object found = this.reader.look(entry);
		if (LoadReader.isValue(found)) {
			return found;
		}
		long waited = System.nanoTime() - begun;
		Flight own = this.flights.prepare(entry, Thread.currentThread(), landings);
		own.hurry(Turns.isNested());
		Flight flight = this.deferral.isActive() ? own : this.flights.board(own);
		try {
			if (flight != own && this.flights.join(flight)) {
				return flight.value().get();
			}
		}
		catch (ExecutionException ex) {
			throw new ValueRetrievalException(key, loader, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ValueRetrievalException(key, loader, ex);
		}
		finally {
			this.flights.leave();
		}
		return load(key, loader, own, found, waited);
	}

	private @Nullable Object load(Object key, Callable<? extends @Nullable Object> loader, Flight flight,
			@Nullable Object before, long waited) {
		try {
			Object found = this.reader.lookAgain(flight, before);
			if (!LoadReader.isValue(found)) {
				Long stamp = (found != null) ? null : this.entries.stamp();
				Object loaded = this.turns.run(flight.turn(), () -> this.observations.observe(loader));
				this.deferral.run(() -> {
					CompletableFuture<?> filled = this.fills.fill(flight, loaded, stamp);
					// Not before: a fill whose flight has ended is taken back
					filled.whenComplete((done, ex) -> flight.land(loaded));
					this.entries.settle(filled, waited);
				});
				return loaded;
			}
			flight.land(found);
			return found;
		}
		catch (Throwable ex) {
			flight.crash(ex);
			throw new ValueRetrievalException(key, loader, ex);
		}
	}

	public CompletableFuture<@Nullable Object> retrieve(Object key, Supplier<? extends CompletableFuture<?>> loader) {
		byte[] entry = this.entries.key(key);
		long landings = this.flights.landings(entry);
		boolean nested = Turns.isNested();
		return this.reader.lookLater(entry).thenCompose((found) -> {
			if (LoadReader.isValue(found)) {
				return CompletableFuture.completedFuture(found);
			}
			Flight own = this.flights.prepare(entry, null, landings);
			own.hurry(nested);
			Flight flight = this.flights.board(own);
			return (flight != own) ? flight.value()
					: this.reader.lookAgainLater(own, found)
						.thenCompose((again) -> loadLater(own, again, loader))
						.whenComplete(own::end);
		});
	}

	private CompletableFuture<@Nullable Object> loadLater(Flight flight, @Nullable Object found,
			Supplier<? extends CompletableFuture<?>> loader) {
		if (LoadReader.isValue(found)) {
			return CompletableFuture.completedFuture(found);
		}
		CompletableFuture<@Nullable Long> stamp = (found != null) ? CompletableFuture.completedFuture(null)
				: this.entries.stampLater();
		return stamp.thenCompose((taken) -> this.turns.runLater(flight.turn(), () -> this.observations.observe(loader))
			.thenCompose((loaded) -> this.fills.fill(flight, loaded, taken).thenApply((done) -> loaded)));
	}

}
