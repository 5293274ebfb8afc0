package io.redispatterns.write.behind;

import java.time.Duration;
import java.util.AbstractMap.SimpleEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.redispatterns.cache.WriteThroughCache;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import io.redispatterns.write.behind.WriteBehindProperties.Overflow;
import io.redispatterns.write.behind.WriteBehindProperties.Queue;
import io.redispatterns.write.behind.queue.WriteQueue;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;

/**
 * A queue with the rows of one type.
 *
 * @param name its name
 * @param queue what waits in Redis
 * @param codec what writes its rows
 * @param settings its settings
 * @param ends what is done at its two ends
 */
record BehindQueue(String name, WriteQueue queue, ValueCodec codec, Queue settings, Ends ends) {

	private static final long PAUSE = Duration.ofMillis(10).toNanos();

	/**
	 * Accept changes, all or none, and evict what caches hold of them. Whatever is loaded
	 * from then on comes from the queue or is at least as new.
	 * @throws WriteBehindException when they are not acknowledged
	 */
	void accept(List<Row> rows) {
		List<Map.Entry<Object, byte @Nullable []>> written = rows.stream()
			.map((row) -> (Map.Entry<Object, byte @Nullable []>) new SimpleEntry<Object, byte @Nullable []>(row.key(),
					(row.value() != null) ? this.codec.encode(row.value()) : null))
			.toList();
		long last = acceptOrWait(written);
		List<Object> keys = rows.stream().map(Row::key).toList();
		if (evict(keys)) {
			this.queue.reads().announce(last - keys.size() + 1, keys);
		}
	}

	/**
	 * Evict at once, also inside a transaction: what was accepted is not taken back by a
	 * rollback.
	 * @return {@code false} when it is not acknowledged: this node makes it good, or,
	 * should it die, whoever flushes the changes
	 */
	boolean evict(Collection<?> keys) {
		Cache cache = this.ends.cache().get();
		if (cache instanceof WriteThroughCache own) {
			return own.evictAll(keys);
		}
		if (cache != null) {
			keys.forEach(cache::evictIfPresent);
		}
		return true;
	}

	private long acceptOrWait(List<Map.Entry<Object, byte @Nullable []>> rows) {
		long begin = System.nanoTime();
		while (true) {
			long last = accepted(rows);
			if (last != WriteQueue.FULL) {
				return last;
			}
			boolean over = System.nanoTime() - begin >= this.settings.patience().toNanos();
			if (this.settings.overflow() == Overflow.REJECT || over || rows.size() > this.settings.capacity()
					|| Thread.currentThread().isInterrupted()) {
				throw WriteBehindException.full(this.name, this.settings.capacity());
			}
			if (this.settings.overflow() == Overflow.BLOCK || !this.ends.flush().test(Duration.ZERO)) {
				LockSupport.parkNanos(PAUSE);
			}
		}
	}

	private long accepted(List<Map.Entry<Object, byte @Nullable []>> rows) {
		try {
			long last = this.queue.accept(rows);
			if (last == WriteQueue.LATE) {
				throw new RedisFailureException(Kind.TIMEOUT, "The server came to it too late", null);
			}
			return last;
		}
		catch (RedisFailureException ex) {
			throw WriteBehindException.away(this.name, ex);
		}
	}

	/**
	 * A row, or its deletion.
	 *
	 * @param key what identifies the row
	 * @param value the row, {@code null} when it is deleted
	 */
	record Row(Object key, @Nullable Object value) {

	}

	/**
	 * What is done at the two ends of a queue.
	 *
	 * @param cache the cache of the rows, if there is one
	 * @param flush flushes a batch on the caller's thread, whose oldest change has waited
	 * for so long; {@code false} when there was none, or it has failed
	 */
	record Ends(Supplier<@Nullable Cache> cache, Predicate<Duration> flush) {

	}

}
