package io.redispatterns.write.behind.queue;

/**
 * What becomes of a batch that has failed.
 */
public enum Failure {

	/**
	 * It is tried again, later.
	 */
	RETRIED,

	/**
	 * It is taken in parts, at once.
	 */
	SPLIT,

	/**
	 * It was a single change, and is in the dead letter.
	 */
	DEAD,

	/**
	 * Another has taken it over.
	 */
	LOST;

	static Failure of(long reply) {
		return (reply < 0) ? LOST : values()[(int) reply];
	}

}
