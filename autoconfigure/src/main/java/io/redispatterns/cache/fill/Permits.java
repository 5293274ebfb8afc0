package io.redispatterns.cache.fill;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.lease.Grant;
import io.redispatterns.cache.lease.Lease;
import io.redispatterns.cache.lease.Lease.State;
import io.redispatterns.cache.lease.LeaseRequest;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.cache.lease.StampedeGuard.Admission;
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
		return ask(key, miss, this.guard, this.guard.leaseTime())
			.thenApply((permit) -> permit.renewing(this.guard.leaseTime()));
	}

	/**
	 * Go past the guard, for a load whose value is stored later, if at all.
	 */
	public CompletableFuture<Permit> pass(byte[] key, Miss miss) {
		return ask(key, miss, StampedeGuard.LOCAL, LONG);
	}

	/**
	 * Claim what nobody else loads, for a load that nobody waits for.
	 */
	public CompletableFuture<Permit> claim(byte[] key, Miss miss) {
		StampedeGuard first = (request) -> request.take(true).thenApply((lease) -> new Admission(lease, () -> {
		}));
		return ask(key, miss, first, this.guard.leaseTime())
			.thenApply((permit) -> permit.renewing(this.guard.leaseTime()));
	}

	private CompletableFuture<Permit> ask(byte[] key, Miss miss, StampedeGuard asked, Duration time) {
		if (miss == Miss.UNKNOWN) {
			return CompletableFuture.completedFuture(Permit.WITHOUT_REDIS);
		}
		return this.entries.stamp().thenCompose((stamp) -> {
			Request request = new Request(this.entries, key, miss.seen(), time);
			return asked.enter(request)
				.thenApply((admission) -> new Permit(this.entries, admission, request.grant(admission.lease(), stamp)));
		}).exceptionally((ex) -> {
			logger.debug("A load is not stored, since no lease could be had for it", ex);
			this.entries.unstored(LoadObservations.unwrap(ex));
			return Permit.WITHOUT_REDIS;
		});
	}

	/**
	 * The wish of one caller, and what he must give back.
	 */
	private static final class Request implements LeaseRequest {

		private final EntryAccess entries;

		private final byte[] key;

		private final byte[] seen;

		private final Duration time;

		private volatile boolean exclusive;

		Request(EntryAccess entries, byte[] key, byte[] seen, Duration time) {
			this.entries = entries;
			this.key = key;
			this.seen = seen;
			this.time = time;
		}

		@Override
		public byte[] key() {
			return this.key.clone();
		}

		@Override
		public byte[] wakeChannel() {
			return this.entries.leases().channel();
		}

		@Override
		public CompletableFuture<Lease> take(boolean exclusive) {
			return this.entries.bounded(this.entries.leases().take(this.key, this.seen, exclusive, this.time))
				.whenComplete((lease, ex) -> this.exclusive = exclusive);
		}

		@Nullable Grant grant(Lease lease, long stamp) {
			return (lease.state() != State.GRANTED) ? null
					: new Grant(this.key, this.seen, lease.token(), stamp, this.exclusive);
		}

	}

}
