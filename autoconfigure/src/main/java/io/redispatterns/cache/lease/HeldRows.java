package io.redispatterns.cache.lease;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Rows that were acknowledged and are not in the database yet: a load of many asks for
 * them under its leases, before it asks the database for the others. A bean.
 */
public interface HeldRows {

	/**
	 * Look for rows that are held.
	 * @param cache name of the cache that is loaded
	 * @param keys keys of the entries, as of {@link org.springframework.cache.Cache}
	 * @return the rows by key, empty for one that is deleted; none for what is not held.
	 * Failed with {@link io.redispatterns.redis.RedisFailureException} when Redis does
	 * not answer in time, and with
	 * {@link io.redispatterns.codec.UnreadableValueException} when a row cannot be read:
	 * what the method then brings is not stored
	 */
	CompletableFuture<Map<Object, Optional<Object>>> held(String cache, Collection<?> keys);

}
