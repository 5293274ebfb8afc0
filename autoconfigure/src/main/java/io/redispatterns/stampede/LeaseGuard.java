package io.redispatterns.stampede;

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

	private final RedisWakeUps wakeUps;

	LeaseGuard(StampedeProperties settings, Availability availability, RedisWakeUps wakeUps) {
		super(settings, availability);
		this.wakeUps = wakeUps;
	}

	@Override
	CompletableFuture<Admission> enter(LeaseRequest request, Entrance entrance) {
		return take(request, entrance, false).thenApply((lease) -> new Admission(lease, Entrance.NOTHING_TO_LEAVE));
	}

	private CompletableFuture<Lease> take(LeaseRequest request, Entrance entrance, boolean overslept) {
		// Before the lease is asked for, or it could end unheard
		CompletableFuture<Void> wake = this.wakeUps.waiters.expect(request.key());
		return request.take(true).whenComplete((lease, ex) -> {
			if (ex != null || lease.state() != Lease.State.BUSY) {
				this.wakeUps.waiters.forget(request.key(), wake);
			}
			if (ex == null && overslept && lease.state() == Lease.State.FOUND) {
				this.wakeUps.missed();
			}
		})
			.thenCompose((lease) -> (lease.state() == Lease.State.BUSY) ? await(request, entrance, wake, lease)
					: CompletableFuture.completedFuture(lease));
	}

	private CompletableFuture<Lease> await(LeaseRequest request, Entrance entrance, CompletableFuture<Void> wake,
			Lease busy) {
		this.wakeUps.listen(request.wakeChannel());
		// The key goes at the end of its last millisecond
		long remaining = TimeUnit.MILLISECONDS.toNanos(busy.remaining() + 1);
		boolean patient = entrance.left() > remaining;
		return entrance.waits(entrance.bound(wake, remaining)).thenCompose((byItself) -> {
			this.wakeUps.waiters.forget(request.key(), wake);
			if (byItself || (patient && entrance.left() > 0)) {
				return take(request, entrance, !byItself);
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

}
