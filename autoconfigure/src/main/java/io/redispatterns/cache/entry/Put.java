package io.redispatterns.cache.entry;

import java.util.Set;

import io.redispatterns.cache.entry.Entry.Times;
import io.redispatterns.cache.near.Announcement;
import io.redispatterns.cache.near.NearWrites;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;

/**
 * A value on its way into an entry.
 *
 * @param key the key
 * @param written the value
 * @param times when it expires
 * @param millis how long it is kept
 * @param deadline server time in microseconds at which its caller gives up, 0 when not
 * known
 */
record Put(byte[] key, WrittenValue written, Times times, long millis, long deadline) {

	Set<String> tags() {
		return this.written.tags();
	}

	/**
	 * Until when it may still run after a failure, 0 when it cannot.
	 */
	long deadline(RedisFailureException failure) {
		return (failure.kind() == Kind.TIMEOUT || failure.kind() == Kind.AWAY) ? this.deadline : 0;
	}

	byte[] encode(long stamp) {
		return Entry.encode(this.written, stamp, this.times);
	}

	byte[][] arguments(byte[] entry) {
		return new byte[][] { entry, Generations.number(this.millis), Generations.number(this.deadline) };
	}

	byte[][] arguments(byte[] entry, Announcement announcement) {
		return NearWrites.arguments(announcement, arguments(entry));
	}

}
