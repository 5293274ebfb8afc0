package io.redispatterns.cache.entry;

import java.util.Set;

import io.redispatterns.cache.entry.Entry.Times;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.near.Announcement;
import io.redispatterns.cache.near.NearWrites;
import io.redispatterns.redis.RedisExecutor;
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

	/**
	 * Failure of a put that the server has no memory for, after which there is no entry.
	 */
	static final RedisFailureException REMOVED = new RedisFailureException(Kind.FULL,
			"The server has no memory for an entry, and holds the one before no more", null);

	/**
	 * Failure of a put to which the server came after its caller had given up.
	 */
	static final RedisFailureException LATE = new RedisFailureException(Kind.TIMEOUT,
			"The server came to a command after its caller had given up", null);

	/**
	 * Reply of the server that has stored the value.
	 */
	static final long STORED = 1;

	private static final long OUTDATED = 2;

	static Put begin(byte[] key, WrittenValue written, int load, Lifetime lifetime, RedisExecutor redis) {
		long millis = lifetime.millis(written.bytes());
		Times times = lifetime.times(millis, redis.now(key) / 1000, load);
		boolean kept = times != Times.UNKNOWN && written.bytes() != null;
		return new Put(key, written, times, kept ? millis + lifetime.staleness().window() : millis,
				redis.deadline(key));
	}

	/**
	 * What became of a put.
	 * @throws RedisFailureException when it failed
	 */
	static Event event(long reply) {
		if (reply == STORED || reply == OUTDATED) {
			return (reply == STORED) ? Event.PUT : Event.OUTDATED;
		}
		throw (reply == 0) ? LATE : REMOVED;
	}

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

	/**
	 * The arguments of a put that is void by any generation but one.
	 */
	byte[][] arguments(byte[] entry, Announcement announcement, byte[] generation) {
		return new byte[][] { entry, Generations.number(this.millis), Generations.number(this.deadline),
				announcement.channel(), announcement.message(), generation };
	}

}
