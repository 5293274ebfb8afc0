package io.redispatterns.hash;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has happened to the objects of a store on this node.
 */
final class HashStatistics {

	private final String name;

	private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);

	HashStatistics(String name) {
		this.name = name;
		for (Event event : Event.values()) {
			this.counts.put(event, new LongAdder());
		}
	}

	String name() {
		return this.name;
	}

	void count(Event event) {
		this.counts.getOrDefault(event, new LongAdder()).increment();
	}

	long of(Event event) {
		return this.counts.getOrDefault(event, new LongAdder()).sum();
	}

	/**
	 * What can happen.
	 */
	enum Event {

		/**
		 * A read found an object.
		 */
		HIT,

		/**
		 * A read found none.
		 */
		MISS,

		/**
		 * A read found what is no object of the class, and took it for none.
		 */
		UNREADABLE,

		/**
		 * Redis did not answer a read, and a loader did.
		 */
		FAILED,

		/**
		 * A load was stored.
		 */
		STORED,

		/**
		 * A load was not stored, as the object was written since it began.
		 */
		REFUSED,

		/**
		 * A load was not stored, for want of Redis or as it is too large.
		 */
		UNSTORED;

		String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * Told of each store.
	 */
	@FunctionalInterface
	interface Listener {

		void created(HashStatistics statistics);

	}

}
