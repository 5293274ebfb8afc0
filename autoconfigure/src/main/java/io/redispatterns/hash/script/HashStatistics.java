package io.redispatterns.hash.script;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;

import io.redispatterns.codec.UnreadableValueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has happened to the objects of a store on this node.
 */
public final class HashStatistics {

	private static final Logger logger = LoggerFactory.getLogger(HashStatistics.class);

	private final String name;

	private final AtomicLongArray counts = new AtomicLongArray(Event.values().length);

	public HashStatistics(String name) {
		this.name = name;
	}

	public String name() {
		return this.name;
	}

	public void count(Event event) {
		this.counts.incrementAndGet(event.ordinal());
	}

	public void countUnreadable(UnreadableValueException ex) {
		if (this.counts.getAndIncrement(Event.UNREADABLE.ordinal()) == 0) {
			logger.warn("{}; it is taken for absent, as are others that only meters will tell of", ex.getMessage());
		}
	}

	public long of(Event event) {
		return this.counts.get(event.ordinal());
	}

	/**
	 * What can happen.
	 */
	public enum Event {

		/** A read found an object, or what was asked for of it. */
		HIT,

		/** A read found none. */
		MISS,

		/** A read got no answer from Redis, and a loader gave it. */
		FAILED,

		/** What is there is no object of the class. */
		UNREADABLE,

		/** A load was stored. */
		STORED,

		/** A load was not stored, as a write has overtaken it. */
		REFUSED,

		/** A load was not stored for another reason. */
		UNSTORED,

		/** A write of a transaction was not fenced before its commit. */
		UNFENCED,

		/** A write of a transaction was not made after its commit. */
		UNWRITTEN;

		public String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * Told of each store.
	 */
	public interface Listener {

		void created(HashStatistics statistics);

	}

}
