package io.redispatterns.cache.lease;

import java.util.Arrays;

/**
 * What a read finds that has no value for its caller.
 *
 * @param seen the first bytes of an entry that cannot be used, empty when there is none
 */
public record Miss(byte[] seen) {

	/**
	 * There is no entry.
	 */
	public static final Miss ABSENT = new Miss(new byte[0]);

	/**
	 * Redis gave no answer.
	 */
	public static final Miss UNKNOWN = new Miss(new byte[0]);

	private static final int FIRST = 15;

	/**
	 * There is an entry, which is void or cannot be read.
	 * @param entry its bytes
	 * @return the miss
	 */
	public static Miss of(byte[] entry) {
		return new Miss((entry.length > FIRST) ? Arrays.copyOf(entry, FIRST) : entry);
	}

}
