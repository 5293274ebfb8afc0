package io.redispatterns.stampede;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.redispatterns.cache.lease.Lease;
import io.redispatterns.cache.lease.LeaseRequest;
import io.redispatterns.redis.Availability;

/**
 * Lets the one caller load who holds the lease of the entry; the others wait for the
 * message that it has ended.
 */
final class LeaseGuard extends AbstractGuard {

	private static final long FIRST_LOOK = Duration.ofMillis(100).toNanos();

	private static final int DOUBLINGS = 10;

	private final RedisWakeUps wakeUps;

	LeaseGuard(StampedeProperties settings, Availability availability, RedisWakeUps wakeUps) {
		super(settings, availability);
		this.wakeUps = wakeUps;
	}

	@Override
	CompletableFuture<Admission> enter(LeaseRequest request, Entrance entrance) {
		return take(request, entrance, 0).thenApply((lease) -> new Admission(lease, Entrance.NOTHING_TO_LEAVE));
	}

	/**
	 * Take the lease, or wait for its end.
	 * @param looks how often the caller has looked in vain since he was told anything
	 */
	private CompletableFuture<Lease> take(LeaseRequest request, Entrance entrance, int looks) {
		// Before the lease is asked for, or it could end unheard
		CompletableFuture<Void> wake = this.wakeUps.waiters.expect(request.key());
		return request.take(true).whenComplete((lease, ex) -> {
			if (ex != null || lease.state() != Lease.State.BUSY) {
				this.wakeUps.waiters.forget(request.key(), wake);
			}
			if (ex == null && looks > 0 && lease.state() == Lease.State.FOUND) {
				this.wakeUps.missed();
			}
		})
			.thenCompose((lease) -> (lease.state() == Lease.State.BUSY)
					? await(request, entrance, new Wait(wake, lease, looks))
					: CompletableFuture.completedFuture(lease));
	}

	/**
	 * Wait for the message that a lease has ended. It may be lost, on a connection that
	 * is dead and does not show it: who hears nothing looks again, less often each time.
	 */
	private CompletableFuture<Lease> await(LeaseRequest request, Entrance entrance, Wait wait) {
		this.wakeUps.listen(request.wakeChannel());
		long nanos = wait.nanos();
		boolean patient = entrance.left() > nanos;
		return entrance.waits(entrance.bound(wait.wake(), nanos)).thenCompose((byItself) -> {
			this.wakeUps.waiters.forget(request.key(), wait.wake());
			if (byItself || (patient && entrance.left() > 0)) {
				return take(request, entrance, byItself ? 0 : wait.looks() + 1);
			}
			entrance.givesUp();
			return request.take(false);
		});
	}

	@Override
	void mayConnect(boolean allowed) {
		super.mayConnect(allowed);
		this.wakeUps.mayConnect(allowed);
	}

	/**
	 * One wait.
	 *
	 * @param wake completed by the message
	 * @param busy the lease that is to end
	 * @param looks how often the caller has looked in vain
	 */
	private record Wait(CompletableFuture<Void> wake, Lease busy, int looks) {

		long nanos() {
			// The key goes at the end of its last millisecond
			long remaining = TimeUnit.MILLISECONDS.toNanos(this.busy.remaining() + 1);
			return Math.min(remaining, FIRST_LOOK << Math.min(this.looks, DOUBLINGS));
		}

	}

}
