package io.redispatterns.write.behind.read;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The rows that wait to be flushed.
 */
public interface PendingRows {

	/**
	 * The caches whose rows may wait.
	 * @return names of caches
	 */
	Set<String> caches();

	/**
	 * Look for a row that waits. Takes one round trip.
	 * @param cache name of its cache
	 * @param key key of its entry
	 * @return the row, {@code null} when none waits
	 * @throws io.redispatterns.redis.RedisFailureException when Redis does not answer
	 * @throws io.redispatterns.codec.UnreadableValueException when it cannot be read
	 */
	@Nullable Row find(String cache, Object key);

	/**
	 * The same without waiting for it.
	 * @param cache name of its cache
	 * @param key key of its entry
	 * @return the row, {@code null} when none waits
	 */
	CompletableFuture<@Nullable Row> findLater(String cache, Object key);

	/**
	 * Have loads of an entry that go on stored by nobody, as a row may wait that they do
	 * not know of. Does not wait.
	 * @param cache name of the cache
	 * @param key key of the entry
	 */
	void leaveUnstored(String cache, Object key);

	/**
	 * A row that waits.
	 *
	 * @param value the row, {@code null} when it is deleted
	 */
	record Row(@Nullable Object value) {

	}

}
