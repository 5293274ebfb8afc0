package io.redispatterns.cache.bulk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.redispatterns.cache.flight.Flight;
import io.redispatterns.cache.flight.Flight.Landing;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.load.Equipment;
import org.jspecify.annotations.Nullable;

/**
 * Those of many entries that others load for a caller.
 */
final class ManyPassengers {

	private final Equipment with;

	private final @Nullable Object[] values;

	private final BitSet alone = new BitSet();

	private final List<Aboard> aboard = new ArrayList<>();

	ManyPassengers(Equipment equipment, @Nullable Object[] values) {
		this.with = equipment;
		this.values = values;
	}

	void board(int place, Flight flight, Miss miss) {
		this.aboard.add(new Aboard(place, flight, flight.isClosed(), miss));
	}

	/**
	 * Whether an entry is loaded beside a flight that waits for the caller, or may.
	 */
	boolean goesAlone(int place) {
		return this.alone.get(place);
	}

	/**
	 * Wait for all of them. A load of another's that fails the first time is none of the
	 * caller's, who has a loader of his own.
	 * @param next whether all flights have begun after the caller asked
	 */
	void await(boolean next) throws InterruptedException, ExecutionException {
		for (Aboard each : this.aboard) {
			try {
				if (this.with.flights().join(each.flight())) {
					arrive(each, this.with.landing(each.flight(), each.miss()).get(), next);
				}
				else {
					this.alone.set(each.place());
				}
			}
			catch (ExecutionException ex) {
				if (next) {
					throw ex;
				}
			}
			finally {
				this.with.flights().leave();
			}
		}
		lookAgain().join();
	}

	/**
	 * Wait for all of them, as of {@link #await}, without holding anybody up.
	 */
	CompletableFuture<?> awaitLater(boolean next) {
		CompletableFuture<?>[] landings = this.aboard.stream()
			.map((each) -> this.with.landing(each.flight(), each.miss()).handle((landing, ex) -> {
				if (ex != null && next) {
					throw new CompletionException(LoadObservations.cause(ex));
				}
				return landing;
			}))
			.toArray(CompletableFuture<?>[]::new);
		return CompletableFuture.allOf(landings).thenCompose((all) -> {
			for (int i = 0; i < landings.length; i++) {
				if (landings[i].join() instanceof Landing landing) {
					arrive(this.aboard.get(i), landing, next);
				}
			}
			return lookAgain();
		});
	}

	private void arrive(Aboard each, Landing landing, boolean next) {
		if (landing == Landing.OVERDUE) {
			this.alone.set(each.place());
		}
		else if (next || (landing.good() && !each.late())) {
			this.values[each.place()] = landing.value();
		}
	}

	private CompletableFuture<?> lookAgain() {
		List<Aboard> missed = this.aboard.stream().filter((each) -> this.values[each.place()] instanceof Miss).toList();
		this.aboard.clear();
		if (missed.isEmpty()) {
			return CompletableFuture.completedFuture(null);
		}
		byte[][] keys = missed.stream().map((each) -> each.flight().key()).toArray(byte[][]::new);
		return this.with.reader().many().lookAgainLater(keys).thenAccept((found) -> {
			for (int i = 0; i < found.length; i++) {
				this.values[missed.get(i).place()] = found[i];
			}
		});
	}

	/**
	 * One of them.
	 *
	 * @param late whether it was too late for the value when the caller came
	 */
	private record Aboard(int place, Flight flight, boolean late, Miss miss) {

	}

}
