package io.redispatterns.cache.lease;

import java.util.concurrent.CompletableFuture;

/**
 * The wish of one caller to load one entry.
 */
public interface LeaseRequest {

	/**
	 * The key of the entry.
	 * @return the key, as it is in Redis
	 */
	byte[] key();

	/**
	 * The channel on which the key is told when a lease of it has ended that a caller was
	 * told to be busy.
	 * @return the name of the channel, one for each cache
	 */
	byte[] wakeChannel();

	/**
	 * Whether the caller wishes to load many entries at once, and loads those that he may
	 * while he waits for the others. A guard that asks somebody else than Redis' leases,
	 * or waits for anything else than the end of one, is not to do so for him.
	 * @return {@code false} when he wishes to load this one only
	 */
	default boolean isOneOfMany() {
		return false;
	}

	/**
	 * Ask for the lease, in one round trip.
	 * @param exclusive whether to be told {@link Lease.State#BUSY} while somebody holds
	 * it exclusively, and to hold it exclusively when granted; else a lease that is there
	 * is shared
	 * @return the lease, ended in time; failed with
	 * {@link io.redispatterns.redis.RedisFailureException} when Redis does not answer
	 */
	CompletableFuture<Lease> take(boolean exclusive);

}
