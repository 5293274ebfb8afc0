package io.redispatterns.write;

/**
 * What the caller of a method waits for that writes through.
 */
public enum WriteMode {

	/**
	 * Until the new values are in the cache.
	 */
	SYNC,

	/**
	 * Until the old entries are removed; the new values follow.
	 */
	ASYNC

}
