package io.redispatterns.cache.lease;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Decides who of those that miss the same entry loads it. It may decide wrong at no cost
 * but a load: what is stored is right by the lease alone.
 * <p>
 * Safe for use by many threads. Never blocks, and fails no caller: who is not admitted in
 * time, or cannot be for want of Redis, loads.
 */
public interface StampedeGuard {

	/**
	 * The callers of each node share one load; the nodes do not know of each other.
	 */
	StampedeGuard LOCAL = new StampedeGuard() {

		@Override
		public CompletableFuture<Admission> enter(LeaseRequest request) {
			return request.take(false).thenApply((lease) -> new Admission(lease, () -> {
			}));
		}

	};

	/**
	 * Whether the callers of this node that miss the same entry share one load.
	 * @return {@code false} to let each of them load
	 */
	default boolean sharesLoads() {
		return true;
	}

	/**
	 * How long a lease lasts that is not renewed. A load that goes on has it renewed.
	 * @return the time after which the lease of a dead holder ends
	 */
	default Duration leaseTime() {
		return Duration.ofSeconds(3);
	}

	/**
	 * How long a caller waits for what another loads on the same node, who may wait for
	 * him. Then he loads.
	 * @return the longest wait
	 */
	default Duration waitTime() {
		return Duration.ofSeconds(5);
	}

	/**
	 * Wait for the right to load, or for what another has loaded meanwhile.
	 * @param request what the caller wishes to load
	 * @return completed in bounded time, with a lease that is not
	 * {@link Lease.State#BUSY}; failed with
	 * {@link io.redispatterns.redis.RedisFailureException} when Redis does not answer,
	 * upon which the caller loads
	 */
	CompletableFuture<Admission> enter(LeaseRequest request);

	/**
	 * The outcome of the wait.
	 *
	 * @param lease the lease
	 * @param leave run once, when the value is stored, or will not be
	 */
	record Admission(Lease lease, Runnable leave) {

	}

}
