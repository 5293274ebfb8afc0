package io.redispatterns.cache.delivery;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.delivery.Journal.Debt;

/**
 * How single entries are evicted. Completed when the server has acknowledged.
 */
@FunctionalInterface
public interface Evictions {

	/**
	 * Evict an entry once no lost put of it can run any more.
	 * @param key the key
	 * @param deadline server time in microseconds until which one may, 0 for none
	 * @return {@code false} when it is too early
	 */
	CompletableFuture<Boolean> evict(byte[] key, long deadline);

	/**
	 * Evict what is in a journal.
	 * @param debt what is owed
	 * @return {@code false} when it is too early
	 */
	default CompletableFuture<Boolean> evict(Debt debt) {
		return evict(((ByteBuffer) debt.subject()).array(), debt.deadline());
	}

}
