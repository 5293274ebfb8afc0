package io.redispatterns.cache.load;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.redispatterns.cache.flight.Flight;
import io.redispatterns.cache.flight.Flights;
import io.redispatterns.cache.lease.Miss;
import org.jspecify.annotations.Nullable;

/**
 * Loads of one cache that hold up nobody, as {@link Loads} are otherwise.
 */
final class LaterLoads {

	private final LoadReader reader;

	private final Permits permits;

	private final Flights flights;

	private final Fills fills;

	private final Runner runner;

	LaterLoads(LoadReader reader, Permits permits, Flights flights, Fills fills, Runner runner) {
		this.reader = reader;
		this.permits = permits;
		this.flights = flights;
		this.fills = fills;
		this.runner = runner;
	}

	CompletableFuture<@Nullable Object> retrieve(byte[] entry, Supplier<? extends CompletableFuture<?>> loader,
			boolean nested) {
		Load load = new Load(entry, loader, nested);
		return this.reader.lookLater(entry).thenCompose((found) -> orElse(found, (miss) -> share(load, miss, false)));
	}

	private CompletableFuture<@Nullable Object> share(Load load, Miss miss, boolean next) {
		Flight own = this.flights.prepare(load.entry(), null);
		own.hurry(load.nested());
		Flight flight = this.permits.areShared() ? this.flights.board(own) : own;
		if (flight == own) {
			return pilot(own, miss, load);
		}
		boolean late = flight.isClosed();
		return flight.landing(miss)
			.thenCompose((landing) -> (next || (landing.good() && !late))
					? CompletableFuture.completedFuture(landing.value())
					: this.reader.lookAgainLater(load.entry(), miss)
						.thenCompose((found) -> orElse(found, (again) -> share(load, again, true))));
	}

	private CompletableFuture<@Nullable Object> pilot(Flight flight, Miss missed, Load load) {
		CompletableFuture<Object> found = (missed != Miss.UNKNOWN) ? CompletableFuture.completedFuture(missed)
				: this.reader.lookAgainLater(flight.key(), missed);
		return found.thenCompose((first) -> land(flight, first, load)).whenComplete((value, ex) -> {
			if (ex != null) {
				flight.crash(LoadObservations.unwrap(ex));
			}
		});
	}

	private CompletableFuture<@Nullable Object> land(Flight flight, Object found, Load load) {
		if (!(found instanceof Miss)) {
			flight.land(found, true);
		}
		return orElse(found, (miss) -> this.permits.enter(flight.key(), miss).thenCompose((permit) -> {
			if (!permit.isFound()) {
				return load(flight, permit, load);
			}
			permit.end(false);
			flight.closeDoors();
			return this.reader.lookAgainLater(flight.key(), miss).thenCompose((again) -> land(flight, again, load));
		}));
	}

	private CompletableFuture<@Nullable Object> load(Flight flight, Permit permit, Load load) {
		return this.runner.apply(flight.turn(), load.loader()).whenComplete((loaded, ex) -> {
			if (ex != null) {
				permit.end(false);
			}
		}).thenCompose((loaded) -> this.fills.fill(flight, loaded, permit).thenApply((good) -> {
			flight.land(loaded, good);
			return loaded;
		}));
	}

	private static CompletableFuture<@Nullable Object> orElse(Object found, Otherwise otherwise) {
		return (found instanceof Miss miss) ? otherwise.apply(miss) : CompletableFuture.completedFuture(found);
	}

	/**
	 * Runs a loader in its turn.
	 */
	interface Runner extends
			BiFunction<CompletableFuture<Boolean>, Supplier<? extends CompletableFuture<?>>, CompletableFuture<@Nullable Object>> {

	}

	private interface Otherwise {

		CompletableFuture<@Nullable Object> apply(Miss miss);

	}

	/**
	 * What a caller wants loaded.
	 *
	 * @param nested whether he is a loader himself
	 */
	private record Load(byte[] entry, Supplier<? extends CompletableFuture<?>> loader, boolean nested) {

	}

}
