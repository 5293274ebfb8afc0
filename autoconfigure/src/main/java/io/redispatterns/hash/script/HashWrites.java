package io.redispatterns.hash.script;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.redispatterns.cache.lease.Leases;
import io.redispatterns.cache.near.Announcement;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;

/**
 * Writes the objects of a store, whole and in parts, each write by one script, which
 * takes effect at once.
 */
public final class HashWrites {

	private static final LuaScript<byte[]> STORE = LuaScript.returningBytes(HashWrites.class, "begin.lua", "above.lua",
			"store.lua");

	private static final LuaScript<byte[]> SET = LuaScript.returningBytes(HashWrites.class, "begin.lua", "above.lua",
			"set.lua");

	private static final LuaScript<byte[]> INCREMENT = LuaScript.returningBytes(HashWrites.class, "begin.lua",
			"increment.lua");

	private static final LuaScript<byte[]> SWAP = LuaScript.returningBytes(HashWrites.class, "begin.lua", "swap.lua");

	private static final LuaScript<Long> LIFE = LuaScript.returningNumber(HashWrites.class, "life.lua");

	private static final byte[] NO_LEASE = {};

	private final RedisExecutor redis;

	private final Leases leases;

	private final String marker;

	private final Duration timeToLive;

	/**
	 * Create the writes of a store.
	 * @param leases the leases of its objects
	 * @param shape what its class looks like
	 * @param timeToLive how long an object lives
	 */
	public HashWrites(RedisExecutor redis, Leases leases, String shape, Duration timeToLive) {
		this.redis = redis;
		this.leases = leases;
		this.marker = "1:" + shape + ":";
		this.timeToLive = timeToLive;
	}

	/**
	 * Store a whole object.
	 * @return whether it is stored
	 */
	public boolean put(byte[] key, String version, Map<String, byte[]> fields) {
		return store(key, NO_LEASE, version, fields);
	}

	/**
	 * Store a whole object that was loaded.
	 * @param token token of the lease that it was loaded under
	 * @return whether it is stored
	 */
	public boolean fill(byte[] key, byte[] token, String version, Map<String, byte[]> fields) {
		return store(key, token, version, fields);
	}

	private boolean store(byte[] key, byte[] token, String version, Map<String, byte[]> fields) {
		Stream<byte[]> arguments = Stream.of(token, text(this.marker + version), timeToLive());
		return write(STORE, key, Stream.concat(arguments, arguments(fields))).equals("1");
	}

	/**
	 * Write fields of an object that is there.
	 * @param version the version among them, empty for none
	 * @return whether they are written
	 */
	public boolean set(byte[] key, String version, Map<String, byte[]> fields) {
		Stream<byte[]> arguments = Stream.of(text(this.marker), text(version));
		return write(SET, key, Stream.concat(arguments, arguments(fields))).equals("1");
	}

	/**
	 * Add to a field.
	 * @param bounds least and greatest sum, empty for 64 bits
	 * @return the answer of the script
	 */
	public String increment(byte[] key, String field, long delta, String... bounds) {
		return write(INCREMENT, key,
				Stream
					.of(this.marker, field, Long.toString(delta), (bounds.length > 0) ? bounds[0] : "",
							(bounds.length > 0) ? bounds[1] : "")
					.map(HashWrites::text));
	}

	/**
	 * Write a field that has a value.
	 * @return the answer of the script
	 */
	public String swap(byte[] key, String field, byte[] before, byte[] after) {
		return write(SWAP, key, Stream.of(text(this.marker), text(field), before, after));
	}

	public boolean delete(byte[] key) {
		return this.redis.await(this.leases.evict(key, 0, Announcement.NONE)) == 2;
	}

	/**
	 * Ask how long an object lives, and set it first unless it is zero.
	 * @return milliseconds, less than zero when there is none
	 */
	public long life(byte[] key, Duration timeToLive) {
		long left = this.redis.await(
				this.redis.run(LIFE, new byte[][] { key }, text(Long.toString(timeToLive.toMillis())), deadline(key)));
		if (left == -3) {
			throw tooLate();
		}
		return left;
	}

	/**
	 * What the marker of an object of this shape begins with.
	 */
	String marker() {
		return this.marker;
	}

	byte[] timeToLive() {
		return text(Long.toString(this.timeToLive.toMillis()));
	}

	byte[] deadline(byte[] key) {
		return text(Long.toString(this.redis.deadline(key)));
	}

	private String write(LuaScript<byte[]> script, byte[] key, Stream<byte[]> arguments) {
		byte[] reply = this.redis.await(this.redis.run(script, Leases.keys(key),
				Stream.concat(Stream.of(deadline(key)), arguments).toArray(byte[][]::new)));
		return switch (reply[0]) {
			case '0' -> throw tooLate();
			case '-' -> throw new RedisFailureException(Kind.FULL, "The server refused a write: OOM", null);
			default -> new String(reply, StandardCharsets.UTF_8);
		};
	}

	private static RedisFailureException tooLate() {
		return new RedisFailureException(Kind.TIMEOUT, "The server came too late to a write, and did not make it",
				null);
	}

	static Stream<byte[]> arguments(Map<String, byte[]> fields) {
		List<byte[]> arguments = new ArrayList<>(2 * fields.size());
		fields.forEach((name, value) -> {
			arguments.add(text(name));
			arguments.add(value);
		});
		return arguments.stream();
	}

	static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
