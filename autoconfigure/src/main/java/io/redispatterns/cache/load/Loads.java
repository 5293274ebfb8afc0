package io.redispatterns.cache.load;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.cache.load.Flights.Flight;
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

	private final Flights flights = new Flights();

	/**
	 * Create the loads of a cache.
	 * @param entries its entries
	 * @param deferral when its writes take effect
	 * @param observations observes its loaders
	 */
	public Loads(EntryAccess entries, Deferral deferral, LoadObservations observations) {
		this.entries = entries;
		this.deferral = deferral;
		this.observations = observations;
	}

	/**
	 * Let no later caller have what was loaded before a write.
	 */
	public void forget(byte[] entry) {
		this.flights.forget(entry);
	}

	public void forgetAll() {
		this.flights.forgetAll();
	}

	public @Nullable Object get(Object key, Callable<? extends @Nullable Object> loader) {
		byte[] entry = this.entries.key(key);
		long landings = this.flights.landings(entry);
		Object found = this.entries.reader().read(entry);
		if (found != null) {
			return found;
		}
		Flight own = this.flights.prepare(entry, Thread.currentThread());
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
		return load(key, loader, own, landings);
	}

	private @Nullable Object load(Object key, Callable<? extends @Nullable Object> loader, Flight flight,
			long landings) {
		try {
			Object value = hasLanded(flight, landings) ? this.entries.reader().peek(flight.key()) : null;
			if (value == null) {
				Long stamp = this.entries.stamp();
				value = this.observations.observe(loader);
				Object loaded = value;
				this.deferral.run(() -> this.entries.settle(fill(flight, loaded, stamp)));
			}
			flight.land(value);
			return value;
		}
		catch (Throwable ex) {
			flight.crash(ex);
			throw new ValueRetrievalException(key, loader, ex);
		}
	}

	public CompletableFuture<@Nullable Object> retrieve(Object key, Supplier<? extends CompletableFuture<?>> loader) {
		byte[] entry = this.entries.key(key);
		long landings = this.flights.landings(entry);
		return this.entries.reader()
			.readLater(entry)
			.thenCompose((found) -> (found != null) ? CompletableFuture.completedFuture(found)
					: fly(entry, landings, loader));
	}

	private CompletableFuture<@Nullable Object> fly(byte[] entry, long landings,
			Supplier<? extends CompletableFuture<?>> loader) {
		Flight own = this.flights.prepare(entry, null);
		Flight flight = this.flights.board(own);
		if (flight == own) {
			CompletableFuture<@Nullable Object> landed = hasLanded(own, landings)
					? this.entries.reader().peekLater(entry) : CompletableFuture.completedFuture(null);
			landed
				.thenCompose((found) -> (found != null) ? CompletableFuture.completedFuture(found) : load(own, loader))
				.whenComplete((value, ex) -> {
					if (ex != null) {
						own.crash(LoadObservations.unwrap(ex));
					}
					else {
						own.land(value);
					}
				});
		}
		return flight.value();
	}

	/**
	 * Load on a thread that the loader may hold up, unlike that of the reply.
	 */
	private CompletableFuture<@Nullable Object> load(Flight flight, Supplier<? extends CompletableFuture<?>> loader) {
		return this.entries.stampLater()
			.thenComposeAsync((stamp) -> this.observations.observe(loader)
				.thenCompose((loaded) -> fill(flight, loaded, stamp).thenApply((done) -> loaded)));
	}

	/**
	 * Whether a flight with the same key may have brought what the caller missed.
	 */
	private boolean hasLanded(Flight flight, long landings) {
		return this.flights.landings(flight.key()) != landings;
	}

	/**
	 * Store what was loaded, unless a write has come between.
	 */
	private CompletableFuture<?> fill(Flight flight, @Nullable Object loaded, @Nullable Long stamp) {
		WrittenValue written = (stamp != null && flight.isCurrent()) ? this.entries.writeLoaded(loaded) : null;
		return (stamp != null && written != null) ? this.entries.fill(flight.key(), written, stamp, flight::isCurrent)
				: CompletableFuture.completedFuture(null);
	}

}
