package io.redispatterns.invalidation;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the messages.
 */
final class InvalidationStatistics {

	private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);

	private final LongAdder lag = new LongAdder();

	private final LongAdder timed = new LongAdder();

	InvalidationStatistics() {
		for (Event event : Event.values()) {
			this.events.put(event, new LongAdder());
		}
	}

	void count(Event event) {
		adder(event).increment();
	}

	long of(Event event) {
		return adder(event).sum();
	}

	private LongAdder adder(Event event) {
		LongAdder adder = this.events.get(event);
		if (adder == null) {
			throw new IllegalStateException("No count of " + event);
		}
		return adder;
	}

	/**
	 * Take note of how long a message took.
	 */
	void lag(long micros) {
		this.timed.increment();
		this.lag.add(Math.max(0, micros));
	}

	long lagMicros() {
		return this.lag.sum();
	}

	long timed() {
		return this.timed.sum();
	}

	/**
	 * What can become of messages.
	 */
	enum Event {

		/** A message of this node that the server has acknowledged. */
		SENT,

		/** A message of another node. */
		RECEIVED,

		/** Bytes that are no message of a known format. */
		FOREIGN,

		/** Messages of another node that have not come. */
		GAP,

		/** The connection was lost, or made anew as nothing came. */
		LOST,

		/** A time without trust has ended. */
		DISTRUST,

		/** A message that a listener was too slow for. */
		UNHEARD

	}

}
