package io.redispatterns.stampede;

import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.lease.LeaseRequest;
import io.redispatterns.redis.Availability;

/**
 * Lets every node load, or every caller.
 */
final class LocalGuard extends AbstractGuard {

	private final boolean sharesLoads;

	LocalGuard(StampedeProperties settings, Availability availability, boolean sharesLoads) {
		super(settings, availability);
		this.sharesLoads = sharesLoads;
	}

	@Override
	public boolean sharesLoads() {
		return this.sharesLoads;
	}

	@Override
	CompletableFuture<Admission> enter(LeaseRequest request, Entrance entrance) {
		return request.take(false).thenApply((lease) -> new Admission(lease, Entrance.NOTHING_TO_LEAVE));
	}

}
