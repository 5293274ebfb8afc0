package io.redispatterns.session.store;

import java.util.concurrent.atomic.AtomicLongArray;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often what has happened to sessions on this node.
 */
public final class SessionStatistics {

	private static final Logger logger = LoggerFactory.getLogger(SessionStatistics.class);

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
	 * Count a session that was written.
	 */
	void count(SessionChange change) {
		boolean touch = change.set().isEmpty() && change.remove().isEmpty();
		SessionEvent written = touch ? SessionEvent.TOUCHED : SessionEvent.WRITTEN;
		if (change.isNew()) {
			written = SessionEvent.CREATED;
		}
		else if (change.moves()) {
			written = SessionEvent.CHANGED_ID;
		}
		count(written);
	}

	/**
	 * Count sessions of a user that could not be read and were begun anew.
	 * @param reply below -1 in that case
	 * @return the reply without its sign in that case
	 */
	long healed(long reply) {
		if (reply < -1) {
			lostIndex();
			return -reply;
		}
		return reply;
	}

	/**
	 * Count sessions of a user that could not be read and were forgotten.
	 */
	void lostIndex() {
		if (count(SessionEvent.UNREADABLE_INDEX)) {
			logger.warn("The list of a user's sessions cannot be read and begins anew, as do others that only meters"
					+ " will tell of; each session enters it again when its use is written");
		}
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
