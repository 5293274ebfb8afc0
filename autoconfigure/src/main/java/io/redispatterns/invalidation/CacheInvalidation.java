package io.redispatterns.invalidation;

import java.time.Instant;

import io.redispatterns.cache.near.WriteKind;
import org.jspecify.annotations.Nullable;

/**
 * A write of a cache that was announced, by another node or by this one.
 *
 * @param operation what it has done
 * @param cache name of the cache
 * @param key the key of the entry as it is in Redis, empty for a clear and a tag
 * @param tag the tag whose entries are void, {@code null} when there is none
 * @param origin where it comes from
 */
public record CacheInvalidation(WriteKind operation, String cache, byte[] key, @Nullable String tag, Origin origin) {

	/**
	 * Where an announcement comes from.
	 *
	 * @param node identity of the node, sixteen hexadecimal digits
	 * @param sequence its number among those of the node, 0 for one that is not counted
	 * @param time the time of the server when it was made, {@code null} when the node did
	 * not know it
	 */
	public record Origin(String node, long sequence, @Nullable Instant time) {

	}

}
