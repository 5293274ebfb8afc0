package io.redispatterns.cache.fill;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.Generations;
import io.redispatterns.cache.fill.WishToLoad.Wish;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.cache.lease.StampedeGuard.Admission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives those who miss entries of one cache the right to load, by way of the guard. Who
 * gets no answer from Redis may load, and not fill.
 */
public final class Permits {

	private static final Logger logger = LoggerFactory.getLogger(Permits.class);

	/**
	 * How long a lease lasts that nobody renews, as it is not known what becomes of it.
	 */
	private static final Duration LONG = Duration.ofMinutes(1);

	private final EntryAccess entries;

	private final StampedeGuard guard;

	public Permits(EntryAccess entries, StampedeGuard guard) {
		this.entries = entries;
		this.guard = guard;
	}

	/**
	 * Whether the callers of this node share a load.
	 */
	public boolean areShared() {
		return this.guard.sharesLoads();
	}

	/**
	 * Wait for the guard.
	 */
	public CompletableFuture<Permit> enter(byte[] key, Miss miss) {
		return enter(key, miss, 0);
	}

	/**
	 * Wait for the guard, on behalf of one who has waited for Redis before.
	 * @param waited how long, in nanoseconds
	 */
	public CompletableFuture<Permit> enter(byte[] key, Miss miss, long waited) {
		return ask(key, miss, this.guard, this.guard.leaseTime(), waited)
			.thenApply((permit) -> permit.renewing(this.guard.leaseTime()));
	}

	/**
	 * Go past the guard, for a load whose value is stored later, if at all.
	 */
	public CompletableFuture<Permit> pass(byte[] key, Miss miss) {
		return ask(key, miss, StampedeGuard.LOCAL, LONG, 0);
	}

	/**
	 * Claim what nobody else loads, for a load that nobody waits for.
	 */
	public CompletableFuture<Permit> claim(byte[] key, Miss miss) {
		StampedeGuard first = (request) -> request.take(true).thenApply((lease) -> new Admission(lease, () -> {
		}));
		return ask(key, miss, first, this.guard.leaseTime(), 0)
			.thenApply((permit) -> permit.renewing(this.guard.leaseTime()));
	}

	private CompletableFuture<Permit> ask(byte[] key, Miss miss, StampedeGuard asked, Duration time, long waited) {
		if (miss == Miss.UNKNOWN) {
			return CompletableFuture.completedFuture(Permit.WITHOUT_REDIS);
		}
		return this.entries.stamp().thenCompose((stamp) -> {
			if (stamp == Generations.FENCED) {
				return CompletableFuture.completedFuture(Permit.FENCED);
			}
			WishToLoad request = new WishToLoad(this.entries,
					new Wish(key, miss.seen(), time, this.entries.patience(waited)));
			return asked.enter(request)
				.thenApply((admission) -> new Permit(this.entries, admission, request.grant(admission.lease(), stamp)));
		}).exceptionally((ex) -> {
			logger.debug("A load is not stored, since no lease could be had for it", ex);
			this.entries.unstored(LoadObservations.unwrap(ex));
			return Permit.WITHOUT_REDIS;
		});
	}

}
