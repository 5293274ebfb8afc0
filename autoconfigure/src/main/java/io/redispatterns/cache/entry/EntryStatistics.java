package io.redispatterns.cache.entry;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import io.redispatterns.redis.RedisFailureException.Kind;

/**
 * Counters of one cache since the start of this node.
 */
public final class EntryStatistics {

	private final LongAdder[] counts = Stream.generate(LongAdder::new)
		.limit(Event.values().length)
		.toArray(LongAdder[]::new);

	private final LongAdder[] failures = Stream.generate(LongAdder::new)
		.limit(2L * Kind.values().length)
		.toArray(LongAdder[]::new);

	EntryStatistics() {
	}

	/**
	 * Count an event.
	 * @param event what happened
	 */
	public void count(Event event) {
		this.counts[event.ordinal()].increment();
	}

	/**
	 * Count a failure.
	 * @param event {@link Event#FAILED_READ} or {@link Event#FAILED_WRITE}
	 * @param cause what happened to the command
	 */
	public void count(Event event, Kind cause) {
		count(event);
		failures(event, cause).increment();
	}

	/**
	 * The number of failures of a kind.
	 * @param event {@link Event#FAILED_READ} or {@link Event#FAILED_WRITE}
	 * @param cause what happened to the command
	 * @return how often it happened
	 */
	public long of(Event event, Kind cause) {
		return failures(event, cause).sum();
	}

	private LongAdder failures(Event event, Kind cause) {
		return this.failures[2 * cause.ordinal() + ((event == Event.FAILED_READ) ? 0 : 1)];
	}

	/**
	 * The number of events of a kind.
	 * @param event what is asked for
	 * @return how often it happened
	 */
	public long of(Event event) {
		return this.counts[event.ordinal()].sum();
	}

	/**
	 * What is counted.
	 */
	public enum Event {

		/**
		 * An entry was found.
		 */
		HIT,

		/**
		 * No entry was found.
		 */
		MISS,

		/**
		 * A value was stored.
		 */
		PUT,

		/**
		 * A value was not stored because the entry has a higher version.
		 */
		OUTDATED,

		/**
		 * An eviction, a clear or an eviction by tag was made.
		 */
		REMOVAL,

		/**
		 * An entry was there, with bytes that this cache cannot read; a miss as well.
		 */
		UNREADABLE,

		/**
		 * A loaded value was not stored because a write has come between.
		 */
		REFUSED,

		/**
		 * A value was not stored because it is too large.
		 */
		OVERSIZED,

		/**
		 * A value was not stored because it could not be written as bytes.
		 */
		UNWRITABLE,

		/**
		 * A read went on without Redis; a miss as well, or stood in for.
		 */
		FAILED_READ,

		/**
		 * A put or an eviction did not reach Redis.
		 */
		FAILED_WRITE,

		/**
		 * An expired value served; a hit as well.
		 */
		STALE,

		/**
		 * A value was loaded again in the background.
		 */
		REFRESH,

		/**
		 * A value of this node was found where Redis did not answer.
		 */
		STOOD_IN

	}

}
