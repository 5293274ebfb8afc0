package io.redispatterns.cache.fence;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.redispatterns.cache.delivery.CommandOrder;
import io.redispatterns.cache.lease.Leases;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;

/**
 * The scripts that set a fence beside an entry and take it away.
 */
final class FenceScripts {

	private static final LuaScript<Long> FENCE = LuaScript.returningNumber(FenceScripts.class, "fence.lua");

	private static final LuaScript<Long> RELEASE = LuaScript.returningNumber(FenceScripts.class, "release.lua");

	/**
	 * How long a fence lasts that nobody takes away, in milliseconds.
	 */
	static final long LIFETIME = Duration.ofSeconds(10).toMillis();

	private static final byte[] LIFETIME_ARGUMENT = Long.toString(LIFETIME).getBytes(StandardCharsets.US_ASCII);

	private final RedisExecutor redis;

	private final CommandOrder order;

	FenceScripts(RedisExecutor redis, CommandOrder order) {
		this.redis = redis;
		this.order = order;
	}

	/**
	 * Set a fence.
	 * @param token token of the lease that a value was loaded under, empty for none
	 * @return 1, or 0 when that lease was void
	 */
	CompletableFuture<Long> fence(byte[] key, byte[] transaction, byte[] token) {
		return run(FENCE, key, transaction, LIFETIME_ARGUMENT, token);
	}

	/**
	 * Take a fence away.
	 * @param value what is to take the place of the entry, as arguments of the script
	 * that stores one; empty to remove it
	 * @return 1 when the value is stored, -1 when the server has no memory for it
	 */
	CompletableFuture<Long> release(byte[] key, byte[] transaction, byte[]... value) {
		return run(RELEASE, key, Stream.concat(Stream.of(transaction), Stream.of(value)).toArray(byte[][]::new));
	}

	/**
	 * Until when a release with a value that failed may still run, 0 when it cannot.
	 */
	long deadline(byte[] key, RedisFailureException failure) {
		return (failure.kind() == Kind.TIMEOUT || failure.kind() == Kind.AWAY) ? this.redis.deadline(key) : 0;
	}

	private CompletableFuture<Long> run(LuaScript<Long> script, byte[] key, byte[]... arguments) {
		return this.order.send(() -> this.redis.run(script, Leases.keys(key), arguments), key);
	}

}
