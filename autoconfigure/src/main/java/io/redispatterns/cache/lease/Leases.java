package io.redispatterns.cache.lease;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

import io.redispatterns.cache.lease.Lease.State;
import io.redispatterns.cache.near.Announcement;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

/**
 * The leases of one cache in Redis. A lease is a string beside the entry: {@code s} when
 * it may be shared or {@code x} when it is exclusive, a token of sixteen bytes, a star
 * once somebody was told that it is busy, and the SHA-1 in hex of what a put has stored
 * under it, which may not have been loaded.
 */
public final class Leases {

	private static final LuaScript<byte[]> LEASE = LuaScript.returningBytes(Leases.class, "lease.lua");

	private static final LuaScript<Long> EVICT = LuaScript.returningNumber(Leases.class, "evict.lua");

	private static final LuaScript<Long> RENEW = LuaScript.returningNumber(Leases.class, "renew.lua");

	private static final byte[] NOTHING = {};

	private final RedisExecutor redis;

	private final byte[] channel;

	private final RandomGenerator random;

	/**
	 * Create the leases of a cache.
	 * @param redis the way to the server
	 * @param prefix what the keys of the cache begin with
	 * @param random source of the tokens
	 */
	public Leases(RedisExecutor redis, String prefix, RandomGenerator random) {
		this.redis = redis;
		this.channel = (prefix + "~w").getBytes(StandardCharsets.UTF_8);
		this.random = random;
	}

	/**
	 * The channel on which the end of a lease is told.
	 * @return the name of the channel
	 */
	public byte[] channel() {
		return this.channel.clone();
	}

	/**
	 * Make the token of a lease that is to be asked for.
	 * @return the token
	 */
	public byte[] token() {
		return ByteBuffer.allocate(16).putLong(this.random.nextLong()).putLong(this.random.nextLong()).array();
	}

	/**
	 * Ask for the lease of an entry, which is not granted once the caller has given up.
	 * @param entry the key of the entry
	 * @param token the token it gets
	 * @param seen the first bytes of the entry that the caller has seen and cannot use,
	 * empty for none
	 * @param exclusive whether nobody else is to hold it exclusively
	 * @param time how long it lasts
	 * @return the lease, for {@link RedisExecutor#await} or {@link RedisExecutor#bounded}
	 */
	public CompletableFuture<Lease> take(byte[] entry, byte[] token, byte[] seen, boolean exclusive, Duration time) {
		return this.redis
			.run(LEASE, keys(entry), token, number(time.toMillis()), seen, text(exclusive ? "exclusive" : "share"),
					number(this.redis.deadline(entry)))
			.thenApply(Leases::lease);
	}

	/**
	 * The answer of the script that gives leases.
	 * @param reply its bytes
	 * @return the lease
	 */
	public static Lease lease(byte[] reply) {
		byte[] rest = Arrays.copyOfRange(reply, 1, reply.length);
		return switch (reply[0]) {
			case 'g' -> new Lease(State.GRANTED, rest, 0);
			case 'e' -> new Lease(State.FOUND, NOTHING, 0);
			case 'b' -> new Lease(State.BUSY, NOTHING, Long.parseLong(new String(rest, StandardCharsets.US_ASCII)));
			default -> new Lease(State.FENCED, NOTHING, 0);
		};
	}

	/**
	 * End a reply in time without waiting for it.
	 * @param <T> type of the reply
	 * @param reply a future of these leases
	 * @return the future, as of {@link RedisExecutor#bounded}
	 */
	public <T extends @Nullable Object> CompletableFuture<T> bounded(CompletableFuture<T> reply) {
		return this.redis.bounded(reply);
	}

	/**
	 * Make a lease last longer, or end it.
	 * @param entry the key of the entry
	 * @param token the token of the lease
	 * @param time how long from now on, zero to end it
	 * @return completed when this is done, whether the lease was there or not; who ends
	 * it before does not end what has still to be sent to a server that knows no script
	 */
	public CompletableFuture<Long> renew(byte[] entry, byte[] token, Duration time) {
		return this.redis
			.run(RENEW, new byte[][] { Keys.beside(entry, "l") }, token, number(time.toMillis()), this.channel)
			.copy();
	}

	/**
	 * Remove an entry, and void its lease.
	 * @param entry the key of the entry
	 * @param deadline server time in microseconds until which a lost put of it may still
	 * run, 0 for none
	 * @param announcement tells other nodes
	 * @return 2 when an entry was removed, 1 when there was none, 0 when it is too early
	 */
	public CompletableFuture<Long> evict(byte[] entry, long deadline, Announcement announcement) {
		return this.redis.run(EVICT, keys(entry), number(deadline), announcement.channel(), announcement.message());
	}

	/**
	 * Void the lease of an entry that somebody loads, and remove what is there: callers
	 * get what is loaded, and it is not stored.
	 * @param redis the way to the server
	 * @param entry the key of the entry
	 * @return completed when this is done
	 */
	public static CompletableFuture<Long> voidLoads(RedisExecutor redis, byte[] entry) {
		return redis.run(EVICT, keys(entry), number(0), NOTHING, NOTHING);
	}

	/**
	 * The key of an entry, and those of its lease and its fences.
	 * @param entry the key of the entry
	 * @return the keys, as all scripts about an entry take them
	 */
	public static byte[][] keys(byte[] entry) {
		return new byte[][] { entry, Keys.beside(entry, "l"), Keys.beside(entry, "f") };
	}

	/**
	 * The same and another key, where all keys are on one server.
	 * @param entry the key of the entry
	 * @param other the other key
	 * @return the keys
	 */
	public static byte[][] keys(byte[] entry, byte[] other) {
		return new byte[][] { entry, Keys.beside(entry, "l"), Keys.beside(entry, "f"), other };
	}

	private static byte[] number(long number) {
		return text(Long.toString(number));
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
