package io.redispatterns.hash.script;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.redispatterns.cache.lease.Leases;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.Keys;

/**
 * Fences of the objects of a store, as those of a cache's entries. What a transaction
 * writes fields of is kept beside the fence, where nobody reads it, until it is known
 * whether the transaction was alone.
 */
public final class HashFences {

	private static final LuaScript<Long> FENCE = LuaScript.returningNumber(HashFences.class, "park.lua",
			"/io/redispatterns/cache/fence/fence.lua");

	private static final LuaScript<Long> RELEASE = LuaScript.returningNumber(HashFences.class,
			"/io/redispatterns/cache/fence/release.lua", "above.lua", "restore.lua");

	private static final byte[] LIFETIME = HashWrites.text(Long.toString(Duration.ofSeconds(10).toMillis()));

	private static final byte[] NOTHING = {};

	private final RedisExecutor redis;

	private final HashWrites writes;

	public HashFences(RedisExecutor redis, HashWrites writes) {
		this.redis = redis;
		this.writes = writes;
	}

	/**
	 * The writes that take effect at once.
	 */
	public HashWrites writes() {
		return this.writes;
	}

	/**
	 * Set a fence.
	 * @param keep whether fields of what is there are to be written
	 */
	public CompletableFuture<Long> fence(byte[] key, byte[] transaction, boolean keep) {
		return this.redis.run(FENCE, keys(key), transaction, LIFETIME, NOTHING, NOTHING, NOTHING,
				HashWrites.text(keep ? "keep" : "drop"));
	}

	/**
	 * Take a fence away, and store an object, if the transaction was alone.
	 * @return 1 when it is stored, -1 when the server has no memory for it
	 */
	public CompletableFuture<Long> put(byte[] key, byte[] transaction, String version, Map<String, byte[]> fields) {
		return release(key, transaction, "put", version, fields);
	}

	/**
	 * Take a fence away, and write fields of what was there, if the transaction was
	 * alone.
	 * @param version the version among them, empty for none
	 * @param fields the fields, none to leave what was there as it was
	 * @return 1 when they are written, -1 when the server has no memory for them
	 */
	public CompletableFuture<Long> set(byte[] key, byte[] transaction, String version, Map<String, byte[]> fields) {
		return release(key, transaction, "set", version, fields);
	}

	/**
	 * Take a fence away, and leave no object.
	 * @return 0
	 */
	public CompletableFuture<Long> remove(byte[] key, byte[] transaction) {
		return release(key, transaction, "remove", "", Map.of());
	}

	private CompletableFuture<Long> release(byte[] key, byte[] transaction, String kind, String version,
			Map<String, byte[]> fields) {
		Stream<byte[]> arguments = Stream.of(transaction, NOTHING, NOTHING, HashWrites.text(kind),
				this.writes.deadline(key), HashWrites.text(this.writes.marker() + version), this.writes.timeToLive());
		return this.redis.run(RELEASE, keys(key),
				Stream.concat(arguments, HashWrites.arguments(fields)).toArray(byte[][]::new));
	}

	private static byte[][] keys(byte[] key) {
		return Leases.keys(key, Keys.beside(key, "p"));
	}

}
