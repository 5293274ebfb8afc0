package io.redispatterns.session.store;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often what has happened to sessions on this node.
 */
public final class SessionStatistics {

	private final AtomicLongArray counts = new AtomicLongArray(SessionEvent.values().length);

	/**
	 * Count an event.
	 * @param event what has happened
	 * @return whether it is the first of its kind
	 */
	boolean count(SessionEvent event) {
		return this.counts.getAndIncrement(event.ordinal()) == 0;
	}

	/**
	 * How often something has happened.
	 * @param event what
	 * @return the number since the start
	 */
	public long of(SessionEvent event) {
		return this.counts.get(event.ordinal());
	}

}
