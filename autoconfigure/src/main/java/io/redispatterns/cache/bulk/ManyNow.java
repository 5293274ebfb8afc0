package io.redispatterns.cache.bulk;

import java.util.List;
import java.util.concurrent.ExecutionException;

import io.redispatterns.cache.flight.LoaderException;
import io.redispatterns.cache.flight.Turns;
import io.redispatterns.cache.load.Equipment;
import org.jspecify.annotations.Nullable;

/**
 * Loads of many entries on the thread of the one who asks.
 */
final class ManyNow {

	private final Equipment with;

	ManyNow(Equipment equipment) {
		this.with = equipment;
	}

	void load(ManyFlights flights, ManyLoader loader) throws InterruptedException, ExecutionException {
		for (boolean next = false; flights.board(Turns.loading(), Thread.currentThread()); next = true) {
			try {
				pilot(flights, loader);
			}
			catch (Throwable ex) {
				flights.crash((ex instanceof LoaderException own) ? own.thrown() : ex);
				throw ex;
			}
			flights.others().await(next);
		}
	}

	private void pilot(ManyFlights flights, ManyLoader loader) throws InterruptedException, ExecutionException {
		while (flights.isPiloting()) {
			flights.ask().get();
			List<Missed> granted = flights.granted();
			if (!granted.isEmpty()) {
				long begun = System.nanoTime();
				@Nullable Object[] loaded = run(granted, loader);
				flights.settle(flights.fill(granted, loaded, System.nanoTime() - begun));
			}
		}
	}

	private @Nullable Object[] run(List<Missed> granted, ManyLoader loader) {
		try {
			return this.with.turns()
				.run(granted.get(0).flight().turn(),
						() -> this.with.observations().observe(() -> loader.load(Missed.places(granted))));
		}
		catch (Throwable ex) {
			throw new LoaderException(ex);
		}
	}

}
