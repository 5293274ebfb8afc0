package io.redispatterns.stampede;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.lease.Lease;
import io.redispatterns.cache.lease.LeaseRequest;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.Keys;

/**
 * An entry whose lease is taken and ended as a cache does, seen from one node.
 */
final class LeasedEntry implements LeaseRequest {

	private static final LuaScript<byte[]> LEASE = LuaScript.returningBytes(LeasedEntry.class, "lease.lua");

	private static final LuaScript<Long> FILL = LuaScript.returningNumber(LeasedEntry.class, "fill.lua");

	private final RedisExecutor redis;

	private final byte[] key;

	private final Duration lease;

	LeasedEntry(RedisExecutor redis, String name, Duration lease) {
		this.redis = redis;
		this.key = bytes("guarded:tracks:{" + name + "}");
		this.lease = lease;
	}

	@Override
	public byte[] key() {
		return this.key.clone();
	}

	@Override
	public byte[] wakeChannel() {
		return bytes("guarded:tracks:~w");
	}

	@Override
	public CompletableFuture<Lease> take(boolean exclusive) {
		return this.redis
			.bounded(this.redis.run(LEASE, keys(), bytes(UUID.randomUUID().toString()),
					bytes(String.valueOf(this.lease.toMillis())), bytes(exclusive ? "1" : "0")))
			.thenApply(LeasedEntry::lease);
	}

	private static Lease lease(byte[] reply) {
		byte[] rest = Arrays.copyOfRange(reply, 1, reply.length);
		return switch (reply[0]) {
			case 'F' -> new Lease(Lease.State.FOUND, new byte[0], 0);
			case 'B' -> new Lease(Lease.State.BUSY, new byte[0], Long.parseLong(text(rest)));
			default -> new Lease(Lease.State.GRANTED, rest, 0);
		};
	}

	/**
	 * Store a value, if the lease is still there.
	 */
	boolean fill(Lease lease, String value) {
		return this.redis.await(this.redis.run(FILL, keys(), lease.token(), bytes(value), wakeChannel())) == 1;
	}

	/**
	 * End the lease without a value, as after a load that failed.
	 */
	void abandon(Lease lease) {
		this.redis.await(this.redis.run(FILL, keys(), lease.token(), new byte[0], wakeChannel()));
	}

	/**
	 * End the lease as a write does, which tells nobody.
	 */
	void voidLease() {
		this.redis.await(this.redis.unlink(keys()[1]));
	}

	private byte[][] keys() {
		return new byte[][] { this.key, Keys.beside(this.key, "l") };
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
