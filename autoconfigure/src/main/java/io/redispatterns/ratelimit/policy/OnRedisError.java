package io.redispatterns.ratelimit.policy;

/**
 * What is decided without Redis.
 */
public enum OnRedisError {

	/**
	 * What the general setting says.
	 */
	INHERIT,

	/**
	 * Each node enforces its share of the limit.
	 */
	LOCAL,

	/**
	 * Everything is allowed.
	 */
	ALLOW,

	/**
	 * Everything is denied, as a failure and not as an exceeded limit.
	 */
	DENY

}
