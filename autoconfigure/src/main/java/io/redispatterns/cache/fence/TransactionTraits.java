package io.redispatterns.cache.fence;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionDefinition;

/**
 * What kind of transaction it is.
 *
 * @param blocking whether its thread may wait
 * @param writes whether it can change data
 * @param current whether each of its reads sees what is committed at that time
 */
public record TransactionTraits(boolean blocking, boolean writes, boolean current) {

	/**
	 * The kind by what Spring says of it. Of {@code null}, the default of the database,
	 * nothing is known; a read of what is not committed is no more to be stored than one
	 * of what was.
	 */
	public static TransactionTraits of(boolean blocking, boolean readOnly, @Nullable Integer isolation) {
		return new TransactionTraits(blocking, !readOnly,
				isolation == null || isolation == TransactionDefinition.ISOLATION_READ_COMMITTED);
	}

}
