package io.redispatterns.cache.load;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.redispatterns.cache.fill.Permits;
import io.redispatterns.cache.flight.Flight;
import io.redispatterns.cache.flight.Flight.Landing;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.flight.Loading;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.Permit;
import org.jspecify.annotations.Nullable;

/**
 * Loads of one cache that hold up nobody, as {@link Loads} are otherwise.
 */
final class LaterLoads {

	private final Equipment with;

	LaterLoads(Equipment equipment) {
		this.with = equipment;
	}

	/**
	 * Load what is missed, or wait for another caller's load.
	 * @param within the loaders that the caller runs in
	 */
	CompletableFuture<@Nullable Object> load(byte[] entry, Miss miss, Supplier<? extends CompletableFuture<?>> loader,
			@Nullable Loading within) {
		return share(new Load(entry, loader, within, false), miss, false);
	}

	/**
	 * Load again what is there, unless anybody else does.
	 * @return completed with whether it was loaded
	 */
	CompletableFuture<Boolean> loadAgain(byte[] entry, Miss miss, Supplier<? extends CompletableFuture<?>> loader) {
		return this.with.permits().claim(entry, miss).thenCompose((permit) -> {
			Flight own = this.with.flights().prepare(entry, null);
			if (permit.grant() == null || this.with.flights().board(own) != own) {
				permit.end(false);
				return CompletableFuture.completedFuture(false);
			}
			return ending(own, load(own, permit, new Load(entry, loader, null, false))).thenApply((loaded) -> true);
		});
	}

	private CompletableFuture<@Nullable Object> share(Load load, Miss miss, boolean next) {
		Flight own = this.with.flights().prepare(load.entry(), null);
		own.hurry(load.within() != null);
		Flight flight = this.with.board(own);
		if (flight == own) {
			return pilot(own, miss, load);
		}
		if (flight.isAround(load.within())) {
			return pilot(own, miss, load.alone());
		}
		boolean late = flight.isClosed();
		return this.with.landing(flight, miss).thenCompose((landing) -> {
			if (landing == Landing.OVERDUE) {
				return overtake(flight, miss, load.alone());
			}
			return (next || (landing.good() && !late)) ? CompletableFuture.completedFuture(landing.value())
					: shareAgain(miss, load);
		});
	}

	private CompletableFuture<@Nullable Object> shareAgain(Miss miss, Load load) {
		return this.with.reader()
			.lookAgainLater(load.entry(), miss)
			.thenCompose((found) -> orElse(found, (again) -> share(load, again, true)));
	}

	/**
	 * Load beside a flight that was waited for long enough: alone inside another loader,
	 * which may wait for this one in a circle; else one for all who waited.
	 */
	private CompletableFuture<@Nullable Object> overtake(Flight flight, Miss miss, Load load) {
		if (load.within() != null) {
			return pilot(this.with.flights().prepare(load.entry(), null), miss, load);
		}
		this.with.flights().close(flight);
		return shareAgain(miss, load);
	}

	private CompletableFuture<@Nullable Object> pilot(Flight flight, Miss missed, Load load) {
		CompletableFuture<Object> found = (missed != Miss.UNKNOWN) ? CompletableFuture.completedFuture(missed)
				: this.with.reader().lookAgainLater(flight.key(), missed);
		return ending(flight, found.thenCompose((first) -> land(flight, first, load)));
	}

	private static CompletableFuture<@Nullable Object> ending(Flight flight,
			CompletableFuture<@Nullable Object> loading) {
		return loading.whenComplete((value, ex) -> {
			if (ex != null) {
				flight.crash(LoadObservations.cause(ex));
			}
		});
	}

	private CompletableFuture<@Nullable Object> land(Flight flight, Object found, Load load) {
		if (!(found instanceof Miss)) {
			flight.land(found, true);
		}
		return orElse(found, (miss) -> permit(flight, miss, load).thenCompose((permit) -> {
			if (!permit.isFound()) {
				return load(flight, permit, load);
			}
			permit.end(false);
			flight.closeDoors();
			return this.with.reader()
				.lookAgainLater(flight.key(), miss)
				.thenCompose((again) -> land(flight, again, load));
		}));
	}

	private CompletableFuture<Permit> permit(Flight flight, Miss miss, Load load) {
		Permits permits = this.with.permits();
		return load.passing() ? permits.pass(flight.key(), miss) : permits.enter(flight.key(), miss);
	}

	private CompletableFuture<@Nullable Object> load(Flight flight, Permit permit, Load load) {
		long begun = System.nanoTime();
		flight.begin();
		return this.with.run(flight, load.loader()).whenComplete((loaded, ex) -> {
			if (ex != null) {
				permit.end(false);
			}
		})
			.thenCompose((loaded) -> this.with.fills()
				.fill(flight, loaded, permit, System.nanoTime() - begun)
				.thenApply((good) -> {
					flight.land(loaded, good);
					return loaded;
				}));
	}

	private static CompletableFuture<@Nullable Object> orElse(Object found, Otherwise otherwise) {
		return (found instanceof Miss miss) ? otherwise.apply(miss) : CompletableFuture.completedFuture(found);
	}

	private interface Otherwise {

		CompletableFuture<@Nullable Object> apply(Miss miss);

	}

	/**
	 * What a caller wants loaded.
	 *
	 * @param within the loaders that he is called by
	 * @param passing whether he goes past the guard, which may have admitted a loader
	 * that waits for him
	 */
	private record Load(byte[] entry, Supplier<? extends CompletableFuture<?>> loader, @Nullable Loading within,
			boolean passing) {

		Load alone() {
			return new Load(this.entry, this.loader, this.within, true);
		}

	}

}
