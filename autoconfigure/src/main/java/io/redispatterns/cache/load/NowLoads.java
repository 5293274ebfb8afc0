package io.redispatterns.cache.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.redispatterns.cache.fill.LoadReader;
import io.redispatterns.cache.fill.Permits;
import io.redispatterns.cache.flight.Flight;
import io.redispatterns.cache.flight.Flight.Landing;
import io.redispatterns.cache.flight.LoaderException;
import io.redispatterns.cache.flight.Turns;
import io.redispatterns.cache.lease.Aged;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.Permit;
import org.jspecify.annotations.Nullable;

/**
 * Loads of one cache on the threads of those who ask.
 */
final class NowLoads {

	private final Equipment with;

	NowLoads(Equipment equipment) {
		this.with = equipment;
	}

	private Flight prepare(byte[] entry) {
		Flight flight = this.with.flights().prepare(entry, Thread.currentThread());
		flight.hurry(Turns.isNested());
		return flight;
	}

	/**
	 * Load what nobody else is to see yet.
	 */
	@Nullable Object alone(Miss miss, Load load) throws InterruptedException, ExecutionException {
		return pilot(prepare(load.entry()), miss, load);
	}

	/**
	 * Load, or wait for another caller's load. A value that was not found good may be
	 * older than a write that the caller knows of, unless its load began after he asked:
	 * that of the next flight did.
	 */
	@Nullable Object share(Miss missed, Load wanted) throws InterruptedException, ExecutionException {
		Load load = wanted;
		Object found = missed;
		for (boolean next = false; found instanceof Miss miss; next = true) {
			Flight own = prepare(load.entry());
			Flight flight = this.with.board(own);
			boolean late = flight.isClosed();
			Landing landing = (flight != own) ? await(flight, miss) : null;
			if (landing == null) {
				return pilot(own, miss, (flight != own) ? load.alone() : load);
			}
			if (landing == Landing.OVERDUE) {
				// One for all who waited
				this.with.flights().close(flight);
				load = load.alone();
			}
			else if (next || (landing.good() && !late)) {
				return landing.value();
			}
			found = this.with.reader().lookAgain(load.entry(), miss);
		}
		return found;
	}

	/**
	 * Wait for a flight.
	 * @return its end, {@link Landing#OVERDUE} when it does not end; {@code null} when
	 * the caller is to load alone, as it may wait for him
	 */
	private @Nullable Landing await(Flight flight, Miss miss) throws InterruptedException, ExecutionException {
		try {
			return (!flight.isAround(Turns.loading()) && this.with.flights().join(flight)) ? landing(flight, miss)
					: null;
		}
		finally {
			this.with.flights().leave();
		}
	}

	private @Nullable Landing landing(Flight flight, Miss miss) throws InterruptedException, ExecutionException {
		long patience = this.with.permits().patience();
		long left = patience;
		while (left > 0) {
			try {
				return flight.landing(miss).get(left, TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException ex) {
				left = flight.left(patience);
			}
		}
		return Turns.isNested() ? null : Landing.OVERDUE;
	}

	private @Nullable Object pilot(Flight flight, Miss missed, Load load)
			throws InterruptedException, ExecutionException {
		LoadReader reader = this.with.reader();
		try {
			Object found = (missed == Miss.UNKNOWN) ? reader.lookAgain(flight.key(), missed) : missed;
			while (found instanceof Miss miss) {
				long begun = System.nanoTime();
				Permit permit = permit(flight, miss, load).get();
				if (!permit.isFound()) {
					return load(flight, permit, load.after(System.nanoTime() - begun));
				}
				permit.end(false);
				flight.closeDoors();
				found = reader.lookAgain(flight.key(), miss);
			}
			flight.land(found, true);
			return found;
		}
		catch (Throwable ex) {
			flight.crash((ex instanceof LoaderException loader) ? loader.thrown() : ex);
			throw ex;
		}
	}

	private CompletableFuture<Permit> permit(Flight flight, Miss miss, Load load) {
		boolean pass = load.passing() || this.with.deferral().isActive() || !this.with.entries().mayWait();
		Permits permits = this.with.permits();
		return pass ? permits.pass(flight.key(), miss) : permits.enter(flight.key(), miss, load.waited());
	}

	/**
	 * Load again what is there, unless anybody else does.
	 * @return the value, {@code null} when it was not loaded
	 */
	@Nullable Object again(Aged aged, Load load) {
		Permit permit = this.with.permits().claim(load.entry(), aged.miss()).join();
		Flight own = prepare(load.entry());
		if (permit.grant() == null || this.with.flights().board(own) != own) {
			permit.end(false);
			return null;
		}
		try {
			return load(own, permit, load);
		}
		catch (Throwable ex) {
			own.crash((ex instanceof LoaderException loader) ? loader.thrown() : ex);
			throw ex;
		}
	}

	private @Nullable Object load(Flight flight, Permit permit, Load load) {
		long begun = System.nanoTime();
		Object loaded;
		flight.begin();
		try {
			loaded = this.with.turns().run(flight.turn(), () -> this.with.observations().observe(load.loader()));
		}
		catch (Throwable ex) {
			permit.end(false);
			throw new LoaderException(ex);
		}
		long took = System.nanoTime() - begun;
		this.with.deferral().run(() -> {
			CompletableFuture<Boolean> filled = this.with.fills().fill(flight, loaded, permit, took);
			// Not before: a stand-in of a flight that has ended is not kept
			filled.whenComplete((good, ex) -> flight.land(loaded, ex == null && good));
			this.with.entries().settle(filled, load.waited());
		});
		return loaded;
	}

}
