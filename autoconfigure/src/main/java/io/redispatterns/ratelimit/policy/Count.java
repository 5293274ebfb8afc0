package io.redispatterns.ratelimit.policy;

/**
 * Which requests use up a limit.
 */
public enum Count {

	/**
	 * Every request that is allowed.
	 */
	ALL,

	/**
	 * Those that fail. A permit is taken before, so that parallel attempts are bounded
	 * too, and given back when the request succeeds.
	 */
	FAILURES

}
