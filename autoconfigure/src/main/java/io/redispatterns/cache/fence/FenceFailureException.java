package io.redispatterns.cache.fence;

import io.redispatterns.redis.RedisFailureException;

/**
 * Refusal to commit a transaction whose changes to a cache could not be fenced, as the
 * old values could be served after it. The transaction is rolled back; it can be repeated
 * when Redis answers again.
 */
public final class FenceFailureException extends RuntimeException {

	private final String cache;

	/**
	 * Create the exception.
	 * @param cache name of the cache
	 * @param cause why it could not be fenced
	 */
	public FenceFailureException(String cache, RedisFailureException cause) {
		super("The transaction is rolled back: its changes to cache '%s' could not be fenced before the commit (%s); with on-fence-failure 'proceed' it would be committed"
			.formatted(cache, cause.getMessage()), cause);
		this.cache = cache;
	}

	/**
	 * Returns the cache whose changes could not be fenced.
	 * @return name of the cache
	 */
	public String cache() {
		return this.cache;
	}

}
