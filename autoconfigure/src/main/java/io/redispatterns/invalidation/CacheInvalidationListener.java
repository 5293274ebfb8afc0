package io.redispatterns.invalidation;

/**
 * Is told of the writes of caches on other nodes. As a bean of the application it makes
 * this node listen.
 */
@FunctionalInterface
public interface CacheInvalidationListener {

	/**
	 * Take note of a write. Called by one thread, in the order of the messages of a node;
	 * a listener that is slower than they come misses some, which are counted.
	 * @param invalidation the write
	 */
	void onInvalidation(CacheInvalidation invalidation);

}
