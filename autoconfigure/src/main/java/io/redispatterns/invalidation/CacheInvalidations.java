package io.redispatterns.invalidation;

/**
 * Tells all nodes, this one included, to forget what they keep near: for what has changed
 * entries of a cache in Redis without it. The entries in Redis stay as they are. Does not
 * wait; a message that Redis does not take is lost.
 */
public interface CacheInvalidations {

	/**
	 * Let all nodes forget one entry.
	 * @param cache name of the cache
	 * @param key what the cached method was called with
	 */
	void evict(String cache, Object key);

	/**
	 * Let all nodes forget the entries with a tag.
	 * @param cache name of the cache
	 * @param tag the tag
	 */
	void evictTag(String cache, String tag);

	/**
	 * Let all nodes forget all entries.
	 * @param cache name of the cache
	 */
	void clear(String cache);

}
