package io.redispatterns.stampede;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.redispatterns.cache.lease.Lease;
import io.redispatterns.cache.lease.LeaseRequest;
import io.redispatterns.redis.Availability;
import org.jspecify.annotations.Nullable;

/**
 * Lets the one caller load who holds the Redisson lock of the entry, and its lease.
 */
final class RedissonGuard extends AbstractGuard {

	private final RedissonLocks locks;

	private final LeaseGuard lease;

	/**
	 * Create the guard.
	 * @param lease guards behind the lock, and where there is none
	 */
	RedissonGuard(StampedeProperties settings, Availability availability, RedissonLocks locks, LeaseGuard lease) {
		super(settings, availability);
		this.locks = locks;
		this.lease = lease;
	}

	@Override
	CompletableFuture<Admission> enter(LeaseRequest request, Entrance entrance) {
		CompletableFuture<Void> contended = new CompletableFuture<>();
		RedissonEntryLock lock = (this.availability.outage() != null || request.isOneOfMany()) ? null
				: this.locks.lock(request.key(), () -> contended.complete(null));
		return (lock != null) ? enter(request, entrance, lock, contended) : this.lease.enter(request, entrance);
	}

	private CompletableFuture<Admission> enter(LeaseRequest request, Entrance entrance, RedissonEntryLock lock,
			CompletableFuture<Void> contended) {
		CompletableFuture<Boolean> held = take(lock, entrance);
		CompletableFuture<Boolean> ended = entrance.bound(held, Long.MAX_VALUE);
		contended.thenRun(() -> entrance.waits(ended));
		return ended.thenCompose((byItself) -> {
			// Whoever completes it first decides: a lock that comes later is released
			held.complete(false);
			return held.exceptionally((ex) -> {
				this.locks.failed(ex);
				return null;
			}).thenCompose((taken) -> enter(request, entrance, lock, taken));
		});
	}

	private static CompletableFuture<Boolean> take(RedissonEntryLock lock, Entrance entrance) {
		try {
			return lock.take(entrance.left());
		}
		catch (RuntimeException | LinkageError ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private CompletableFuture<Admission> enter(LeaseRequest request, Entrance entrance, RedissonEntryLock lock,
			@Nullable Boolean taken) {
		if (taken == null) {
			return this.lease.enter(request, entrance);
		}
		if (taken) {
			return enterHolding(request, entrance, lock);
		}
		entrance.givesUp();
		return request.take(false).thenApply((lease) -> new Admission(lease, Entrance.NOTHING_TO_LEAVE));
	}

	private CompletableFuture<Admission> enterHolding(LeaseRequest request, Entrance entrance, RedissonEntryLock lock) {
		AtomicBoolean left = new AtomicBoolean();
		Runnable leave = () -> {
			if (left.compareAndSet(false, true)) {
				lock.release();
			}
		};
		return this.lease.enter(request, entrance).whenComplete((admission, ex) -> {
			if (ex != null || admission.lease().state() == Lease.State.FOUND) {
				leave.run();
			}
		}).thenApply((admission) -> new Admission(admission.lease(), leave));
	}

	@Override
	void mayConnect(boolean allowed) {
		super.mayConnect(allowed);
		this.locks.mayConnect(allowed);
		this.lease.mayConnect(allowed);
	}

}
