package io.redispatterns.hash;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;

import io.redispatterns.codec.UnreadableValueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has happened to the objects of a store on this node.
 */
final class HashStatistics {

	private static final Logger logger = LoggerFactory.getLogger(HashStatistics.class);

	private final String name;

	private final AtomicLongArray counts = new AtomicLongArray(Event.values().length);

	HashStatistics(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	void count(Event event) {
		this.counts.incrementAndGet(event.ordinal());
	}

	void countUnreadable(UnreadableValueException ex) {
		if (this.counts.getAndIncrement(Event.UNREADABLE.ordinal()) == 0) {
			logger.warn("{}; it is taken for absent, as are others that only meters will tell of", ex.getMessage());
		}
	}

	long of(Event event) {
		return this.counts.get(event.ordinal());
	}

	/**
	 * Outcomes of reads, of which a loader answers the failed, and of loads after them.
	 */
	enum Event {

		HIT, MISS, FAILED, UNREADABLE, STORED, REFUSED, UNSTORED;

		String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * Told of each store.
	 */
	interface Listener {

		void created(HashStatistics statistics);

	}

}
