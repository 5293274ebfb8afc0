package io.redispatterns.stampede;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.lease.LeaseRequest;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.redis.Availability;

import org.springframework.context.Lifecycle;

/**
 * A guard that counts whom it has admitted. Stops before the connection factory does, on
 * which it depends.
 */
abstract class AbstractGuard implements StampedeGuard, Lifecycle {

	private final StampedeProperties settings;

	final Availability availability;

	final Admissions admissions = new Admissions();

	private volatile boolean running = true;

	AbstractGuard(StampedeProperties settings, Availability availability) {
		this.settings = settings;
		this.availability = availability;
	}

	@Override
	public final Duration leaseTime() {
		return this.settings.lease();
	}

	@Override
	public final Duration waitTime() {
		return this.settings.patience();
	}

	@Override
	public final CompletableFuture<Admission> enter(LeaseRequest request) {
		Entrance entrance = new Entrance(this.admissions, this.availability, this.settings.patience());
		return enter(request, entrance).whenComplete((admission, ex) -> this.admissions.count(entrance, admission));
	}

	abstract CompletableFuture<Admission> enter(LeaseRequest request, Entrance entrance);

	void mayConnect(boolean allowed) {
		this.running = allowed;
	}

	@Override
	public final void start() {
		mayConnect(true);
	}

	@Override
	public final void stop() {
		mayConnect(false);
	}

	@Override
	public final boolean isRunning() {
		return this.running;
	}

}
