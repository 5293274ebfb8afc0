package io.redispatterns.cache;

import org.springframework.cache.Cache;

/**
 * A cache whose entries carry tags, by the expressions of
 * {@code redis.cache.caches.<name>.tags}, and lose their validity by tag. Every cache of
 * this starter is one: {@code (TaggedCache) cacheManager.getCache("tracks")}.
 */
public interface TaggedCache extends Cache {

	/**
	 * Void every entry with a tag, also those whose load is going on. Takes the same time
	 * for one entry and for a million; inside a transaction it takes effect after the
	 * commit.
	 * @param tag the tag
	 */
	void evictTag(String tag);

}
