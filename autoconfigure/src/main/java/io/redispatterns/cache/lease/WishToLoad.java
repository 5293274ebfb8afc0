package io.redispatterns.cache.lease;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.redispatterns.cache.lease.Lease.State;
import io.redispatterns.redis.Failures;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The wish of one caller, and what he must give back.
 */
public final class WishToLoad implements LeaseRequest {

	private final Leases leases;

	private final Wish wish;

	private final Taking taking;

	private final AtomicBoolean asked = new AtomicBoolean();

	private volatile boolean exclusive;

	/**
	 * The wish to load an entry that is a string.
	 */
	public WishToLoad(Leases leases, Wish wish) {
		this(leases, wish, (token, exclusive) -> leases.take(wish.key(), token, wish.seen(), exclusive, wish.time()));
	}

	/**
	 * The wish to load an entry of any kind.
	 * @param taking asks for the lease
	 */
	public WishToLoad(Leases leases, Wish wish, Taking taking) {
		this.leases = leases;
		this.wish = wish;
		this.taking = taking;
	}

	@Override
	public byte[] key() {
		return this.wish.key().clone();
	}

	@Override
	public byte[] wakeChannel() {
		return this.leases.channel();
	}

	@Override
	public boolean isOneOfMany() {
		return this.wish.busy() != null;
	}

	@Override
	public CompletableFuture<Lease> take(boolean exclusive) {
		byte[] token = this.leases.token();
		CompletableFuture<Lease> taken = this.leases.bounded(this.taking.take(token, exclusive));
		if (this.asked.compareAndSet(false, true)) {
			taken = taken.orTimeout(this.wish.patience(), TimeUnit.NANOSECONDS)
				.exceptionallyCompose(WishToLoad::failed);
		}
		return taken.whenComplete((lease, ex) -> {
			this.exclusive = exclusive;
			if (ex != null && exclusive) {
				// Granted after all, it would keep others waiting for nobody
				this.leases.bounded(this.leases.renew(this.wish.key(), token, Duration.ZERO));
			}
			if (this.wish.busy() != null && lease != null && lease.state() == State.BUSY) {
				this.wish.busy().complete(null);
			}
		});
	}

	private static CompletableFuture<Lease> failed(Throwable ex) {
		return CompletableFuture.failedFuture((ex instanceof TimeoutException)
				? new RedisFailureException(Kind.TIMEOUT, "No lease in time", ex) : Failures.unwrap(ex));
	}

	/**
	 * The right to fill that comes of a lease.
	 * @return the grant, {@code null} when there is none
	 */
	public @Nullable Grant grant(Lease lease, long stamp) {
		return (lease.state() != State.GRANTED) ? null
				: new Grant(this.wish.key(), this.wish.seen(), lease.token(), stamp, this.exclusive);
	}

	/**
	 * What a caller wishes.
	 *
	 * @param patience how long he waits for the first answer, in nanoseconds
	 * @param busy completed when another is found to load, of one who wishes many
	 */
	public record Wish(byte[] key, byte[] seen, Duration time, long patience, @Nullable CompletableFuture<Void> busy) {

	}

	/**
	 * Asks for a lease, as {@link Leases#take} does.
	 */
	public interface Taking {

		CompletableFuture<Lease> take(byte[] token, boolean exclusive);

	}

}
