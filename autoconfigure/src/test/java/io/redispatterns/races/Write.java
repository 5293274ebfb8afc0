package io.redispatterns.races;

/**
 * A change that is tried once.
 *
 * @param stamp what tells it from all others
 * @param end how its transaction ends
 */
record Write(long stamp, End end) {

	/**
	 * How a transaction ends.
	 */
	enum End {

		COMMIT,

		ROLLBACK,

		/** The process ends after the commit, before the cache is told. */
		CRASH

	}

	/**
	 * What rolls a transaction back.
	 */
	static final class RolledBackException extends RuntimeException {

		RolledBackException() {
			super("on purpose", null, false, false);
		}

	}

}
