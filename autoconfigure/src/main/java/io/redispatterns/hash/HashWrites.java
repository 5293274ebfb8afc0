package io.redispatterns.hash;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;

/**
 * Writes the objects of a store, whole and in parts, each write by one script.
 */
final class HashWrites {

	private static final LuaScript<Long> STORE = LuaScript.returningNumber(HashWrites.class, "store.lua");

	private static final LuaScript<Long> SET = LuaScript.returningNumber(HashWrites.class, "set.lua");

	private static final LuaScript<byte[]> INCREMENT = LuaScript.returningBytes(HashWrites.class, "increment.lua");

	private static final LuaScript<byte[]> SWAP = LuaScript.returningBytes(HashWrites.class, "swap.lua");

	private static final LuaScript<Long> DELETE = LuaScript.returningNumber(HashWrites.class, "delete.lua");

	private static final LuaScript<Long> LIFE = LuaScript.returningNumber(HashWrites.class, "life.lua");

	private final RedisExecutor redis;

	private final String marker;

	private final Duration timeToLive;

	HashWrites(RedisExecutor redis, String shape, Duration timeToLive) {
		this.redis = redis;
		this.marker = "1:" + shape + ":";
		this.timeToLive = timeToLive;
	}

	/**
	 * Store a whole object.
	 * @param lease the lease of the load that it is from, empty for a put
	 * @return whether it is stored
	 */
	boolean store(byte[] key, byte[] lease, String version, Map<String, byte[]> fields) {
		List<byte[]> arguments = new ArrayList<>(List.of(deadline(key), lease, text(this.marker + version),
				text(Long.toString(this.timeToLive.toMillis()))));
		add(fields, arguments);
		return acknowledged(this.redis.run(STORE, HashReads.keys(key), arguments.toArray(byte[][]::new))) == 1;
	}

	/**
	 * Write fields of an object that is there.
	 * @param version the version among them, empty for none
	 * @return whether they are written
	 */
	boolean set(byte[] key, String version, Map<String, byte[]> fields) {
		List<byte[]> arguments = new ArrayList<>(List.of(deadline(key), text(this.marker), text(version)));
		add(fields, arguments);
		return acknowledged(this.redis.run(SET, HashReads.keys(key), arguments.toArray(byte[][]::new))) == 1;
	}

	/**
	 * Add to a field.
	 * @param bounds least and greatest sum, empty for 64 bits
	 * @return the answer of the script
	 */
	String increment(byte[] key, String field, long delta, String... bounds) {
		byte[] reply = this.redis.await(this.redis.run(INCREMENT, HashReads.keys(key), deadline(key), text(this.marker),
				text(field), text(Long.toString(delta)), text((bounds.length > 0) ? bounds[0] : ""),
				text((bounds.length > 0) ? bounds[1] : "")));
		return acknowledged(reply);
	}

	/**
	 * Write a field that has a value.
	 * @return the answer of the script
	 */
	String swap(byte[] key, String field, byte[] before, byte[] after) {
		return acknowledged(this.redis.await(this.redis.run(SWAP, HashReads.keys(key), deadline(key), text(this.marker),
				text(field), before, after)));
	}

	boolean delete(byte[] key) {
		return this.redis.await(this.redis.run(DELETE, HashReads.keys(key))) == 1;
	}

	/**
	 * Ask how long an object lives, and set it first unless it is zero.
	 * @return milliseconds, less than zero when there is none
	 */
	long life(byte[] key, Duration timeToLive) {
		long left = this.redis.await(
				this.redis.run(LIFE, new byte[][] { key }, text(Long.toString(timeToLive.toMillis())), deadline(key)));
		if (left == -3) {
			throw tooLate();
		}
		return left;
	}

	private byte[] deadline(byte[] key) {
		return text(Long.toString(this.redis.deadline(key)));
	}

	private long acknowledged(CompletableFuture<Long> reply) {
		long result = this.redis.await(reply);
		if (result <= 0) {
			throw (result == 0) ? tooLate() : noMemory();
		}
		return result;
	}

	private static String acknowledged(byte[] reply) {
		return switch (reply[0]) {
			case '0' -> throw tooLate();
			case '-' -> throw noMemory();
			default -> new String(reply, StandardCharsets.UTF_8);
		};
	}

	private static RedisFailureException tooLate() {
		return new RedisFailureException(Kind.TIMEOUT, "The server came too late to a write, and did not make it",
				null);
	}

	private static RedisFailureException noMemory() {
		return new RedisFailureException(Kind.FULL, "The server refused a write: OOM", null);
	}

	private static void add(Map<String, byte[]> fields, List<byte[]> arguments) {
		fields.forEach((name, value) -> {
			arguments.add(text(name));
			arguments.add(value);
		});
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
