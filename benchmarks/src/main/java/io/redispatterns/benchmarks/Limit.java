package io.redispatterns.benchmarks;

/**
 * A rate limiter that takes part: a bucket for each subject.
 */
interface Limit extends AutoCloseable {

	/** Permits of a subject, far more than a run uses up. */
	long PLENTY = 1_000_000;

	/**
	 * Take one permit.
	 * @param subject who asks
	 * @return whether there was one
	 */
	boolean acquire(String subject);

	@Override
	void close();

}
