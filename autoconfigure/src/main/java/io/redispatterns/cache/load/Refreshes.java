package io.redispatterns.cache.load;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.redispatterns.cache.entry.EntryStatistics;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.entry.Lifetime.Staleness;
import io.redispatterns.cache.flight.LoaderException;
import io.redispatterns.cache.lease.Aged;
import io.redispatterns.cache.load.Rests.Rest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads of values that serve meanwhile: before their end, while they are revalidated, and
 * while their source fails. One caller of one node begins such a load, and nobody waits.
 */
public final class Refreshes {

	private static final Logger logger = LoggerFactory.getLogger(Refreshes.class);

	private final Staleness staleness;

	private final LaterLoads loads;

	private final EntryStatistics statistics;

	private final Rests rests = new Rests();

	Refreshes(Staleness staleness, LaterLoads loads, EntryStatistics statistics) {
		this.staleness = staleness;
		this.loads = loads;
		this.statistics = statistics;
	}

	/**
	 * Whether a value serves although it is to be loaded again.
	 */
	boolean serves(Aged aged) {
		return aged.overdue() <= this.staleness.whileRevalidate().toMillis();
	}

	/**
	 * Whether a value serves when its load fails.
	 */
	public boolean standsIn(Aged aged) {
		return serves(aged) || aged.overdue() <= this.staleness.ifError().toMillis();
	}

	/**
	 * Whether the load of an entry has failed a moment ago.
	 */
	boolean hasFailed(byte[] entry) {
		return this.rests.has(entry, Rest.FAILED);
	}

	/**
	 * Whether a value serves now.
	 */
	public boolean servesOrSpares(byte[] entry, Aged aged) {
		return serves(aged) || (standsIn(aged) && hasFailed(entry));
	}

	/**
	 * Serve a value whose load has failed, and spare its source for a moment.
	 */
	public Object standIn(byte[] entry, Aged aged) {
		this.rests.begin(entry, Rest.FAILED);
		this.statistics.count(Event.STALE);
		return aged.value();
	}

	/**
	 * Serve a value that is to be loaded again.
	 */
	public Object served(Aged aged) {
		if (!aged.isFresh()) {
			this.statistics.count(Event.HIT);
			this.statistics.count(Event.STALE);
		}
		return aged.value();
	}

	/**
	 * Load a value again, unless that goes on, or was tried a moment ago.
	 * @param loader makes the loader on this thread
	 */
	void begin(byte[] entry, Aged aged, Supplier<Supplier<? extends CompletableFuture<?>>> loader) {
		if (this.rests.claim(entry)) {
			this.loads.loadAgain(entry, aged.miss(), loader.get())
				.whenComplete((loaded, ex) -> end(entry, ex == null && loaded, ex));
		}
	}

	/**
	 * Load a value again on this thread, unless that goes on, or was tried a moment ago.
	 * @return the value, {@code null} when it was not loaded
	 */
	@Nullable Object here(byte[] entry, Supplier<@Nullable Object> loading) {
		if (!this.rests.claim(entry)) {
			return null;
		}
		try {
			Object loaded = loading.get();
			end(entry, loaded != null, null);
			return loaded;
		}
		catch (LoaderException ex) {
			end(entry, false, ex.thrown());
			return null;
		}
	}

	private void end(byte[] entry, boolean loaded, @Nullable Throwable failure) {
		if (failure != null) {
			logger.debug("A value could not be loaded again", failure);
			this.rests.begin(entry, Rest.FAILED);
		}
		else if (loaded) {
			this.statistics.count(Event.REFRESH);
			this.rests.end(entry);
		}
		else {
			this.rests.begin(entry, Rest.ELSEWHERE);
		}
	}

}
