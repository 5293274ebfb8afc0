package io.redispatterns.stampede;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.redispatterns.cache.lease.Lease;
import io.redispatterns.cache.lease.LeaseRequest;
import io.redispatterns.redis.Availability;

/**
 * Lets the one caller load who holds the Redisson lock of the entry, and its lease. Who
 * finds the lock taken, or gets none in time, waits for the lease alone.
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
		RedissonEntryLock lock = (this.availability.outage() != null || request.isOneOfMany()) ? null
				: this.locks.lock(request.key());
		return (lock != null)
				? take(lock).thenCompose(
						(taken) -> taken ? enterHolding(request, entrance, lock) : this.lease.enter(request, entrance))
				: this.lease.enter(request, entrance);
	}

	/**
	 * Take a lock.
	 * @return whether it is taken: not where another has it, or where it does not come in
	 * time, and is released when it comes
	 */
	private CompletableFuture<Boolean> take(RedissonEntryLock lock) {
		CompletableFuture<Boolean> taken = lock.take();
		// Not on the timer's thread, which has no time for commands
		CompletableFuture<Boolean> inTime = taken.copy()
			.orTimeout(this.locks.patience(), TimeUnit.NANOSECONDS)
			.exceptionallyAsync((ex) -> false);
		taken.whenComplete((held, ex) -> {
			if (ex != null) {
				this.locks.failed(ex);
			}
			else if (held) {
				inTime.thenAccept((entered) -> {
					if (!entered) {
						lock.release();
					}
				});
			}
		});
		return inTime;
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
