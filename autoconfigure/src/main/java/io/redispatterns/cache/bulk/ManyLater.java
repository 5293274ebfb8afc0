package io.redispatterns.cache.bulk;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.bulk.ManyLoader.Later;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.flight.Loading;
import io.redispatterns.cache.load.Equipment;
import org.jspecify.annotations.Nullable;

/**
 * Loads of many entries that hold up nobody, as {@link ManyNow} are otherwise.
 */
final class ManyLater {

	private final Equipment with;

	ManyLater(Equipment equipment) {
		this.with = equipment;
	}

	/**
	 * Load what is missed.
	 * @param within the loaders that the caller runs in
	 * @param next whether this is not the first time
	 */
	CompletableFuture<?> load(ManyFlights flights, Later loader, @Nullable Loading within, boolean next) {
		if (!flights.board(within, null)) {
			return CompletableFuture.completedFuture(null);
		}
		return pilotLater(flights, loader).whenComplete((loaded, ex) -> {
			if (ex != null) {
				flights.crash(LoadObservations.cause(ex));
			}
		})
			.thenCompose((loaded) -> flights.others().awaitLater(next))
			.thenCompose((arrived) -> load(flights, loader, within, true));
	}

	private CompletableFuture<?> pilotLater(ManyFlights flights, Later loader) {
		if (!flights.isPiloting()) {
			return CompletableFuture.completedFuture(null);
		}
		return flights.ask().thenCompose((answered) -> {
			List<Missed> granted = flights.granted();
			long begun = System.nanoTime();
			return granted.isEmpty() ? CompletableFuture.completedFuture(null)
					: this.with.run(granted.get(0).flight(), () -> loader.apply(Missed.places(granted)))
						.thenCompose((loaded) -> flights.fill(granted,
								(@Nullable Object[]) Objects.requireNonNull(loaded), System.nanoTime() - begun));
		}).thenCompose((filled) -> pilotLater(flights, loader));
	}

}
