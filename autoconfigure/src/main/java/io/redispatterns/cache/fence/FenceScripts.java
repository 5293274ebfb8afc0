package io.redispatterns.cache.fence;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

import io.redispatterns.cache.delivery.CommandOrder;
import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.lease.Leases;
import io.redispatterns.cache.near.Announcement;
import io.redispatterns.cache.near.NearWrites;
import io.redispatterns.cache.near.WriteKind;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;

/**
 * The scripts that set a fence beside an entry and take it away.
 */
final class FenceScripts {

	private static final LuaScript<Long> FENCE = LuaScript.returningNumber(FenceScripts.class, "fence.lua");

	private static final LuaScript<Long> RELEASE = LuaScript.returningNumber(FenceScripts.class, "release.lua",
			"stored.lua");

	/**
	 * How long a fence lasts that nobody takes away, in milliseconds.
	 */
	static final long LIFETIME = Duration.ofSeconds(10).toMillis();

	private static final byte[] LIFETIME_ARGUMENT = ascii(Long.toString(LIFETIME));

	private static final byte[] VERSIONED = ascii("v");

	private static final byte[] NOTHING = {};

	private final RedisExecutor redis;

	private final CommandOrder order;

	private final NearWrites near;

	FenceScripts(RedisExecutor redis, EntryAccess entries) {
		this.redis = redis;
		this.order = entries.order();
		this.near = entries.near();
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Set a fence.
	 * @param token token of the lease that a value was loaded under, empty for none
	 * @return 1, or 0 when that lease was void
	 */
	CompletableFuture<Long> fence(Change change, byte[] transaction, byte[] token) {
		return send(FENCE, WriteKind.FENCE, change.key(),
				(announcement) -> NearWrites.arguments(announcement, transaction, LIFETIME_ARGUMENT, token),
				change.isVersioned() ? VERSIONED : NOTHING);
	}

	/**
	 * Take a fence away after the commit.
	 * @param value what is to take the place of the entry, as arguments of the script
	 * that stores one; empty to remove it
	 * @return 1 when a value is stored, -1 when the server has no memory for it
	 */
	CompletableFuture<Long> release(byte[] key, byte[] transaction, byte[]... value) {
		return send(RELEASE, WriteKind.RELEASE, key, (announcement) -> NearWrites.arguments(announcement, transaction),
				value);
	}

	/**
	 * Take a fence away after a rollback.
	 * @return 1 when the value of another transaction is stored
	 */
	CompletableFuture<Long> rollBack(byte[] key, byte[] transaction) {
		return release(key, transaction, NOTHING);
	}

	private CompletableFuture<Long> send(LuaScript<Long> script, WriteKind kind, byte[] key,
			Function<Announcement, byte[][]> first, byte[]... more) {
		return this.order.send(
				() -> this.near.write(kind, key,
						(announcement) -> this.redis.run(script, Leases.keys(key),
								Stream.of(first.apply(announcement), more).flatMap(Stream::of).toArray(byte[][]::new))),
				key);
	}

	/**
	 * Until when a release with a value that failed may still run, 0 when it cannot.
	 */
	long deadline(byte[] key, RedisFailureException failure) {
		return (failure.kind() == Kind.TIMEOUT || failure.kind() == Kind.AWAY) ? this.redis.deadline(key) : 0;
	}

}
