package io.redispatterns.cache.entry;

import java.util.function.BooleanSupplier;

import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.redis.RedisFailureException;

/**
 * What a failure of Redis is for a caller: a number that goes up, and an exception where
 * the application has an error handler that is to see it.
 */
final class EntryFailures {

	private final EntryStatistics statistics;

	private final BooleanSupplier raising;

	EntryFailures(EntryStatistics statistics, BooleanSupplier raising) {
		this.statistics = statistics;
		this.raising = raising;
	}

	void count(Event event) {
		this.statistics.count(event);
	}

	/**
	 * Count a failure, and throw it where the application wants to see it.
	 * @param failure of Redis, or what a future has wrapped around it
	 */
	void raise(Event event, Throwable failure) {
		count(event);
		if (this.raising.getAsBoolean()) {
			throw (failure.getCause() instanceof RedisFailureException cause) ? cause : (RedisFailureException) failure;
		}
	}

}
