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
import io.redispatterns.cache.lease.Leases;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The wish of one caller, and what he must give back.
 */
final class WishToLoad implements LeaseRequest {

	private final EntryAccess entries;

	private final Wish wish;

	private final AtomicBoolean asked = new AtomicBoolean();

	private volatile boolean exclusive;

	WishToLoad(EntryAccess entries, Wish wish) {
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
	public boolean isOneOfMany() {
		return this.wish.busy() != null;
	}

	@Override
	public CompletableFuture<Lease> take(boolean exclusive) {
		Leases leases = this.entries.leases();
		byte[] token = leases.token();
		CompletableFuture<Lease> taken = this.entries
			.bounded(leases.take(this.wish.key(), token, this.wish.seen(), exclusive, this.wish.time()));
		if (this.asked.compareAndSet(false, true)) {
			taken = taken.orTimeout(this.wish.patience(), TimeUnit.NANOSECONDS)
				.exceptionallyCompose(WishToLoad::failed);
		}
		return taken.whenComplete((lease, ex) -> {
			this.exclusive = exclusive;
			if (ex != null && exclusive) {
				// Granted after all, it would keep others waiting for nobody
				this.entries.bounded(leases.renew(this.wish.key(), token, Duration.ZERO));
			}
			if (this.wish.busy() != null && lease != null && lease.state() == State.BUSY) {
				this.wish.busy().complete(null);
			}
		});
	}

	private static CompletableFuture<Lease> failed(Throwable ex) {
		return CompletableFuture.failedFuture((ex instanceof TimeoutException)
				? new RedisFailureException(Kind.TIMEOUT, "No lease in time", ex) : LoadObservations.unwrap(ex));
	}

	@Nullable Grant grant(Lease lease, long stamp) {
		return (lease.state() != State.GRANTED) ? null
				: new Grant(this.wish.key(), this.wish.seen(), lease.token(), stamp, this.exclusive);
	}

	/**
	 * What a caller wishes.
	 *
	 * @param patience how long he waits for the first answer, in nanoseconds
	 * @param busy completed when another is found to load, of one who wishes many
	 */
	record Wish(byte[] key, byte[] seen, Duration time, long patience, @Nullable CompletableFuture<Void> busy) {

	}

}
