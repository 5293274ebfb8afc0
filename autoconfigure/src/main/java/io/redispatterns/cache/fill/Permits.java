package io.redispatterns.cache.fill;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.entry.Generations;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.Permit;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.cache.lease.StampedeGuard.Admission;
import io.redispatterns.cache.lease.WishToLoad;
import io.redispatterns.cache.lease.WishToLoad.Wish;
import org.jspecify.annotations.Nullable;
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
	 * How long one waits for another's load, in nanoseconds.
	 */
	public long patience() {
		return this.guard.waitTime().toNanos();
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
		return ask(this.guard, this.guard.leaseTime(), new Want(key, miss, waited, null))
			.thenApply((permit) -> permit.renewing(this.guard.leaseTime()));
	}

	/**
	 * Wait for the guard, on behalf of one who loads others meanwhile.
	 * @param waited how long he has waited for Redis before, in nanoseconds
	 */
	public Asked ask(byte[] key, Miss miss, long waited) {
		CompletableFuture<Void> busy = new CompletableFuture<>();
		return new Asked(ask(this.guard, this.guard.leaseTime(), new Want(key, miss, waited, busy))
			.thenApply((permit) -> permit.renewing(this.guard.leaseTime())), busy);
	}

	/**
	 * Go past the guard, for a load whose value is stored later, if at all.
	 */
	public CompletableFuture<Permit> pass(byte[] key, Miss miss) {
		return ask(StampedeGuard.LOCAL, LONG, new Want(key, miss, 0, null));
	}

	/**
	 * Claim what nobody else loads, for a load that nobody waits for.
	 */
	public CompletableFuture<Permit> claim(byte[] key, Miss miss) {
		StampedeGuard first = (request) -> request.take(true).thenApply((lease) -> new Admission(lease, () -> {
		}));
		return ask(first, this.guard.leaseTime(), new Want(key, miss, 0, null))
			.thenApply((permit) -> permit.renewing(this.guard.leaseTime()));
	}

	private CompletableFuture<Permit> ask(StampedeGuard asked, Duration time, Want want) {
		if (want.miss() == Miss.UNKNOWN) {
			return CompletableFuture.completedFuture(Permit.WITHOUT_REDIS);
		}
		return this.entries.stamp().thenCompose((stamp) -> {
			if (stamp == Generations.FENCED) {
				return CompletableFuture.completedFuture(Permit.FENCED);
			}
			WishToLoad request = new WishToLoad(this.entries.leases(),
					new Wish(want.key(), want.miss().seen(), time, this.entries.patience(want.waited()), want.busy()));
			return asked.enter(request)
				.thenApply((admission) -> new Permit(this.entries.leases(), admission,
						request.grant(admission.lease(), stamp)));
		}).exceptionally((ex) -> {
			logger.debug("A load is not stored, since no lease could be had for it", ex);
			this.entries.unstored(LoadObservations.unwrap(ex));
			return Permit.WITHOUT_REDIS;
		});
	}

	/**
	 * What the guard was asked for.
	 *
	 * @param permit the right to load
	 * @param busy completed when that has to wait for another's load
	 */
	public record Asked(CompletableFuture<Permit> permit, CompletableFuture<Void> busy) {

		/**
		 * Completed when Redis has answered, though not with a permit perhaps.
		 */
		public CompletableFuture<?> answer() {
			return CompletableFuture.anyOf(this.permit, this.busy);
		}

	}

	private record Want(byte[] key, Miss miss, long waited, @Nullable CompletableFuture<Void> busy) {

	}

}
