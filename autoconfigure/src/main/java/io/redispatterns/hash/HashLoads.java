package io.redispatterns.hash;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.redispatterns.cache.flight.Flight;
import io.redispatterns.cache.flight.Flight.Landing;
import io.redispatterns.cache.flight.Flights;
import io.redispatterns.cache.lease.Leases;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.Permit;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.cache.lease.WishToLoad;
import io.redispatterns.cache.lease.WishToLoad.Wish;
import io.redispatterns.hash.script.HashReads;
import io.redispatterns.hash.script.HashStatistics.Event;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * Loads of one store: what is not there is loaded once for all who ask at the same time,
 * on all nodes as far as the guard says so, and stored unless a write has come between.
 *
 * @param <T> the class of the objects
 */
final class HashLoads<T> {

	/**
	 * How long a lease lasts that nobody renews, as it is not known what becomes of it.
	 */
	private static final Duration LONG = Duration.ofMinutes(1);

	private static final byte[] NOTHING = {};

	private final RedisExecutor redis;

	private final HashReads reads;

	private final HashFills<T> fills;

	private final StampedeGuard guard;

	private final Flights flights = new Flights();

	HashLoads(RedisExecutor redis, HashReads reads, HashFills<T> fills, StampedeGuard guard) {
		this.redis = redis;
		this.reads = reads;
		this.fills = fills;
		this.guard = guard;
	}

	/**
	 * Read an object, load it, or wait for another caller's load. A value that was not
	 * found good may be older than a write that the caller knows of, unless its load
	 * began after he asked: that of the next flight did.
	 */
	@Nullable T get(byte[] key, Supplier<? extends @Nullable T> loader) {
		for (boolean next = false;; next = true) {
			T found;
			try {
				found = cast(this.reads.objects(List.of(key)).get(0));
			}
			catch (RedisFailureException ex) {
				this.reads.statistics().count(Event.FAILED);
				return loader.get();
			}
			this.reads.statistics().count((found != null) ? Event.HIT : Event.MISS);
			if (found != null) {
				return found;
			}
			Flight own = this.flights.prepare(key, Thread.currentThread());
			Flight flight = this.guard.sharesLoads() ? this.flights.board(own) : own;
			if (flight == own) {
				return pilot(own, new Way(wish(key, this.guard.leaseTime()), this.guard, true), loader);
			}
			boolean late = flight.isClosed();
			Landing landing = await(flight);
			if (landing == null) {
				return pilot(own, alone(key), loader);
			}
			if (next || (landing.good() && !late)) {
				return cast(landing.value());
			}
		}
	}

	/**
	 * Load what nobody else is to see before a commit.
	 * @param deferral takes what stores it after that; not where there is none
	 */
	@Nullable T get(byte[] key, Supplier<? extends @Nullable T> loader, Predicate<Runnable> deferral) {
		Permit permit = alone(key).permit(this.reads.leases());
		T found = permit.isFound() ? read(key) : null;
		if (found != null) {
			return found;
		}
		T loaded = loader.get();
		Runnable fill = () -> this.fills.store(permit, loaded);
		if (!deferral.test(fill)) {
			fill.run();
		}
		return loaded;
	}

	private WishToLoad wish(byte[] key, Duration lease) {
		Wish wish = new Wish(key, NOTHING, lease, this.redis.commandTimeout().toNanos(), null);
		return new WishToLoad(this.reads.leases(), wish,
				(token, exclusive) -> this.reads.lease(key, token, exclusive, lease));
	}

	private Way alone(byte[] key) {
		return new Way(wish(key, LONG), StampedeGuard.LOCAL, false);
	}

	/**
	 * Wait for a flight.
	 * @return its end, {@code null} when the caller is to load alone, as it does not end,
	 * or waits for him
	 */
	private @Nullable Landing await(Flight flight) {
		try {
			return this.flights.join(flight) ? landing(flight) : null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
		finally {
			this.flights.leave();
		}
	}

	private @Nullable Landing landing(Flight flight) throws InterruptedException {
		long patience = this.guard.waitTime().toNanos();
		long left = patience;
		while (left > 0) {
			try {
				return flight.landing(Miss.ABSENT).get(left, TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException ex) {
				left = flight.left(patience);
			}
			catch (ExecutionException ex) {
				if (ex.getCause() instanceof Error error) {
					throw error;
				}
				throw (ex.getCause() instanceof RuntimeException thrown) ? thrown : new IllegalStateException(ex);
			}
		}
		this.flights.close(flight);
		return null;
	}

	private @Nullable T pilot(Flight flight, Way way, Supplier<? extends @Nullable T> loader) {
		try {
			Permit permit = way.permit(this.reads.leases());
			while (permit.isFound()) {
				permit.end(false);
				// Before the read: who comes later may know of a write that came after it
				flight.closeDoors();
				T found = read(flight.key());
				if (found != null) {
					flight.land(found, true);
					return found;
				}
				permit = way.permit(this.reads.leases());
			}
			return load(flight, permit, loader);
		}
		catch (Throwable ex) {
			flight.crash(ex);
			throw ex;
		}
	}

	private @Nullable T read(byte[] key) {
		try {
			return cast(this.reads.objects(List.of(key)).get(0));
		}
		catch (RedisFailureException ex) {
			return null;
		}
	}

	private @Nullable T load(Flight flight, Permit permit, Supplier<? extends @Nullable T> loader) {
		T loaded;
		flight.begin();
		try {
			loaded = loader.get();
		}
		catch (Throwable ex) {
			permit.end(false);
			throw ex;
		}
		flight.closeDoors();
		flight.land(loaded, this.fills.store(permit, loaded));
		return loaded;
	}

	@SuppressWarnings("unchecked")
	private @Nullable T cast(@Nullable Object object) {
		return (T) object;
	}

	/**
	 * The way of one caller to the right to load.
	 *
	 * @param guard who is asked for it
	 * @param renewed whether the lease is renewed while the load goes on
	 */
	private record Way(WishToLoad wish, StampedeGuard guard, boolean renewed) {

		Permit permit(Leases leases) {
			CompletableFuture<Permit> entered = this.guard.enter(this.wish).thenApply((admission) -> {
				Permit permit = new Permit(leases, admission, this.wish.grant(admission.lease(), 0));
				return this.renewed ? permit.renewing(this.guard.leaseTime()) : permit;
			}).exceptionally((ex) -> Permit.WITHOUT_REDIS);
			try {
				return entered.get();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				entered.thenAccept((late) -> late.end(false));
				return Permit.WITHOUT_REDIS;
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
