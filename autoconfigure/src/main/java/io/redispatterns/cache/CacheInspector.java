package io.redispatterns.cache;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may know of the caches of this starter. It never shows a value.
 */
public interface CacheInspector {

	/**
	 * Names of the caches that are there.
	 * @return the names
	 */
	Set<String> cacheNames();

	/**
	 * The settings in force for a cache, after inheritance.
	 * @param cache name of the cache
	 * @return the settings by the last part of their keys
	 */
	Map<String, Object> settings(String cache);

	/**
	 * What this node has counted since its start.
	 * @param cache name of one of {@link #cacheNames()}
	 * @return how often, by what happened
	 */
	Map<String, Long> counts(String cache);

	/**
	 * The counter that a clear raises.
	 * @param cache name of one of {@link #cacheNames()}
	 * @return the counter on the server
	 * @throws RedisFailureException when Redis does not answer
	 */
	Counter counter(String cache);

	/**
	 * What is known of an entry beside its value.
	 * @param cache name of one of {@link #cacheNames()}
	 * @param key the key, of the type that callers use
	 * @return the header, {@code null} when there is no entry
	 * @throws RedisFailureException when Redis does not answer
	 */
	@Nullable Header header(String cache, Object key);

	/**
	 * The keys that this node has read most of late, by a sample.
	 * @param cache name of one of {@link #cacheNames()}
	 * @param most how many at most
	 * @return the keys, the hottest first
	 */
	List<HotKey> hotKeys(String cache, int most);

	/**
	 * A key that is read often.
	 *
	 * @param key the key as it is in Redis
	 * @param share part of the reads of the cache that are reads of it, from 0 to 1
	 */
	record HotKey(String key, double share) {

	}

	/**
	 * The counter of a cache.
	 *
	 * @param number the last number given out, 0 when there is none
	 * @param floor the number of the last clear, below which entries are void
	 * @param fenced whether a transaction is about to clear the cache
	 */
	record Counter(long number, long floor, boolean fenced) {

	}

	/**
	 * What is known of an entry beside its value.
	 *
	 * @param bytes length of all of it
	 * @param valid whether it is served, perhaps as a stale value
	 * @param generation number of the counter when its load began, {@code null} for bytes
	 * that are not an entry
	 * @param version version of the value, {@code null} when it has none
	 * @param expiry when it expires on the server's clock, {@code null} when the entry
	 * does not say
	 * @param tags its tags
	 */
	record Header(int bytes, boolean valid, @Nullable Long generation, @Nullable Long version, @Nullable Instant expiry,
			List<String> tags) {

	}

}
