package io.redispatterns.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * What is measured, each with a block of its own in the README.
 */
enum Work {

	/** One key that is there, by one thread and by eight. */
	HIT(1, 8),

	/** One key that this node keeps, by one thread and by eight. */
	NEAR(1, 8),

	/** One value written, by eight threads. */
	PUT(8),

	/** A hundred keys that are there, at once. */
	BULK(1),

	/** One value written by a node and read by another, until it sees it. */
	SEEN,

	/** All of 100,000 entries removed while another client reads. */
	CLEAR,

	/** One key that is not there, by 100 threads on each of one and two nodes. */
	HERD,

	/** Requests with sessions. */
	SESSION,

	/** A decision of a rate limiter. */
	LIMIT,

	/** An application started from nothing. */
	STARTUP;

	private final List<Integer> threads;

	Work(Integer... threads) {
		this.threads = List.of(threads);
	}

	List<Integer> threads() {
		return this.threads;
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
