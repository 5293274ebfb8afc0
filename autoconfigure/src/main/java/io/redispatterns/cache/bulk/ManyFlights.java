package io.redispatterns.cache.bulk;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.fill.Unstored;
import io.redispatterns.cache.flight.Flight;
import io.redispatterns.cache.flight.Loading;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.load.Equipment;
import org.jspecify.annotations.Nullable;

/**
 * Those of many entries that one caller has missed: the flights that he pilots, and those
 * of others that he has boarded.
 * <p>
 * He boards all in one pass without waiting, and waits for others only when his own
 * flights have ended: so two callers with the same keys in another order never wait for
 * each other.
 */
final class ManyFlights {

	private final Equipment with;

	private final byte[][] entries;

	private final @Nullable Object[] values;

	private final ManyPassengers others;

	private final Set<Missed> own = new LinkedHashSet<>();

	private final long waited;

	private long asked;

	/**
	 * Create the flights, none of which is open.
	 * @param entries the keys
	 * @param values what was found, a {@link Miss} until there is a value
	 * @param waited how long the caller has waited for the read, in nanoseconds
	 */
	ManyFlights(Equipment equipment, byte[][] entries, @Nullable Object[] values, long waited) {
		this.with = equipment;
		this.entries = entries;
		this.values = values;
		this.waited = waited;
		this.others = new ManyPassengers(equipment, values);
	}

	ManyPassengers others() {
		return this.others;
	}

	/**
	 * Open flights, or board those of others, for all that is missed.
	 * @param within the loaders that the caller runs in
	 * @param pilot the thread that loads, if it is a single one
	 * @return whether anything is missed
	 */
	boolean board(@Nullable Loading within, @Nullable Thread pilot) {
		boolean unshared = this.with.deferral().isActive();
		boolean unguarded = pilot != null && !this.with.entries().mayWait();
		boolean missing = false;
		for (int place = 0; place < this.values.length; place++) {
			if (this.values[place] instanceof Miss miss) {
				missing = true;
				Flight prepared = this.with.flights().prepare(this.entries[place], pilot);
				prepared.hurry(within != null);
				boolean apart = unshared || this.others.goesAlone(place);
				Flight flight = apart ? prepared : this.with.board(prepared);
				boolean around = flight != prepared && flight.isAround(within);
				if (flight == prepared || around) {
					begin(new Missed(place, prepared, apart || around || unguarded, miss));
				}
				else {
					this.others.board(place, flight, miss);
				}
			}
		}
		return missing;
	}

	private void begin(Missed missed) {
		Object found = (missed.miss() != Miss.UNKNOWN) ? missed.miss()
				: this.with.reader().lookAgain(missed.flight().key(), missed.miss());
		this.own.add(missed);
		end(missed, found);
	}

	/**
	 * End a flight of his own, unless nothing was found.
	 */
	private void end(Missed missed, Object found) {
		if (found instanceof Miss miss) {
			missed.missAgain(miss);
			return;
		}
		this.values[missed.place()] = found;
		this.own.remove(missed);
		missed.flight().land(found, true);
	}

	boolean isPiloting() {
		return !this.own.isEmpty();
	}

	/**
	 * Ask for the right to load what is his own; what he was told to wait for is waited
	 * for the second time. What others have filled meanwhile is read.
	 * @return completed when it is known which of them he loads now
	 */
	CompletableFuture<?> ask() {
		long begun = System.nanoTime();
		return all(this.own.stream().map((each) -> each.ask(this.with.permits(), this.waited)).toList())
			.thenCompose((answered) -> {
				this.asked += System.nanoTime() - begun;
				List<Missed> filled = this.own.stream().filter(Missed::isFilled).toList();
				filled.forEach(Missed::leave);
				return look(filled);
			});
	}

	/**
	 * Which of his own he loads now, in one turn.
	 */
	List<Missed> granted() {
		CompletableFuture<Boolean> turn = new CompletableFuture<>();
		List<Missed> granted = this.own.stream().filter(Missed::isGranted).toList();
		granted.forEach((each) -> {
			each.flight().share(turn);
			each.flight().begin();
		});
		return granted;
	}

	/**
	 * Store what was loaded, all at once, and let everybody aboard have it.
	 * @param loaded the values, in the order of the flights
	 * @param took how long the load took, in nanoseconds
	 */
	CompletableFuture<?> fill(List<Missed> granted, @Nullable Object[] loaded, long took) {
		List<CompletableFuture<?>> fills = new ArrayList<>();
		this.with.deferral().run(() -> {
			for (int i = 0; i < loaded.length; i++) {
				Object value = Unstored.served(loaded[i]);
				Flight flight = granted.get(i).flight();
				CompletableFuture<Boolean> filled = this.with.fills()
					.fill(flight, loaded[i], granted.get(i).permit(), took);
				fills.add(filled.whenComplete((good, ex) -> flight.land(value, ex == null && good)));
			}
		});
		for (int i = 0; i < loaded.length; i++) {
			this.values[granted.get(i).place()] = Unstored.served(loaded[i]);
		}
		granted.forEach(this.own::remove);
		return all(fills);
	}

	/**
	 * Wait for a fill on a thread that may wait and has not waited long before.
	 */
	void settle(CompletableFuture<?> filled) {
		this.with.entries().settle(filled, this.waited + this.asked);
	}

	private CompletableFuture<?> look(List<Missed> missed) {
		if (missed.isEmpty()) {
			return CompletableFuture.completedFuture(null);
		}
		byte[][] keys = missed.stream().map((each) -> this.entries[each.place()]).toArray(byte[][]::new);
		return this.with.reader().many().lookAgainLater(keys).thenAccept((found) -> {
			for (int i = 0; i < found.length; i++) {
				end(missed.get(i), found[i]);
			}
		});
	}

	void crash(Throwable failure) {
		this.own.forEach((each) -> each.crash(failure));
	}

	private static CompletableFuture<?> all(List<? extends CompletableFuture<?>> futures) {
		return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
	}

}
