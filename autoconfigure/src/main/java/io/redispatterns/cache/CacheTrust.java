package io.redispatterns.cache;

/**
 * Whether what is in the caches may be used: not while another node is silent, which may
 * have overwritten it. What is loaded meanwhile serves its callers and is not stored.
 */
@FunctionalInterface
public interface CacheTrust {

	/**
	 * Whether the caches are trusted now.
	 * @return {@code false} while reads are loads
	 */
	boolean isGiven();

}
