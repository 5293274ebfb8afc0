package io.redispatterns.cache.lease;

/**
 * A value that is to be loaded again: soon, as it nears its end, or now, as it is past
 * it.
 *
 * @param value the store value
 * @param miss what a load of it is asked for with
 * @param overdue how long ago it has expired, in milliseconds; 0 or less before that
 */
public record Aged(Object value, Miss miss, long overdue) {

	/**
	 * Whether the value may be used by anybody.
	 * @return {@code false} when it has expired
	 */
	public boolean isFresh() {
		return this.overdue <= 0;
	}

}
