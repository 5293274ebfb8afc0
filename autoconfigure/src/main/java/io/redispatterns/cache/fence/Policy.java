package io.redispatterns.cache.fence;

/**
 * What is done before the commit of a transaction for what it changes in a cache.
 */
public enum Policy {

	/**
	 * It is fenced; where that fails, the transaction is rolled back.
	 */
	FENCE_OR_FAIL,

	/**
	 * It is fenced; where that fails, the transaction goes on.
	 */
	FENCE_OR_PROCEED,

	/**
	 * Nothing.
	 */
	NO_FENCE

}
