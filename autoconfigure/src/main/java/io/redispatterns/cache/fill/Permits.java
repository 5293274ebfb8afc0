package io.redispatterns.cache.fill;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.lease.Grant;
import io.redispatterns.cache.lease.Lease;
import io.redispatterns.cache.lease.Lease.State;
import io.redispatterns.cache.lease.LeaseRequest;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.cache.lease.StampedeGuard.Admission;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
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
	 * Whether the current thread is its caller's alone, unlike one of an event loop.
	 */
	public boolean areForThisThread() {
		return this.entries.mayWait();
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
			Request request = new Request(this.entries,
					new Wish(key, miss.seen(), time, this.entries.patience(waited)));
			return asked.enter(request)
				.thenApply((admission) -> new Permit(this.entries, admission, request.grant(admission.lease(), stamp)));
		}).exceptionally((ex) -> {
			logger.debug("A load is not stored, since no lease could be had for it", ex);
			this.entries.unstored(LoadObservations.unwrap(ex));
			return Permit.WITHOUT_REDIS;
		});
	}

	/**
	 * What a caller wishes.
	 *
	 * @param patience how long he waits for the first answer, in nanoseconds
	 */
	private record Wish(byte[] key, byte[] seen, Duration time, long patience) {

	}

	/**
	 * The wish of one caller, and what he must give back.
	 */
	private static final class Request implements LeaseRequest {

		private final EntryAccess entries;

		private final Wish wish;

		private final AtomicBoolean asked = new AtomicBoolean();

		private volatile boolean exclusive;

		Request(EntryAccess entries, Wish wish) {
			this.entries = entries;
			this.wish = wish;
		}

		@Override
		public byte[] key() {
			return this.wish.key().clone();
		}

		@Override
		public byte[] wakeChannel() {
			return this.entries.leases().channel();
		}

		@Override
		public CompletableFuture<Lease> take(boolean exclusive) {
			CompletableFuture<Lease> taken = this.entries
				.bounded(this.entries.leases().take(this.wish.key(), this.wish.seen(), exclusive, this.wish.time()));
			if (this.asked.compareAndSet(false, true)) {
				taken = taken.orTimeout(this.wish.patience(), TimeUnit.NANOSECONDS)
					.exceptionallyCompose(Request::failed);
			}
			return taken.whenComplete((lease, ex) -> this.exclusive = exclusive);
		}

		private static CompletableFuture<Lease> failed(Throwable ex) {
			return CompletableFuture.failedFuture((ex instanceof TimeoutException)
					? new RedisFailureException(Kind.TIMEOUT, "No lease in time", ex) : LoadObservations.unwrap(ex));
		}

		@Nullable Grant grant(Lease lease, long stamp) {
			return (lease.state() != State.GRANTED) ? null
					: new Grant(this.wish.key(), this.wish.seen(), lease.token(), stamp, this.exclusive);
		}

	}

}
