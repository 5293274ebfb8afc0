package io.redispatterns.warming.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;

/**
 * The right of one node to warm with one method, and when that was last done. Every
 * method waits for a reply, no longer than the command timeout. A claim that runs after
 * its caller has given up costs the length of a lease.
 */
public final class WarmLease {

	static final Duration RENEWAL = Duration.ofMillis(2500);

	private static final Duration LEASE = RENEWAL.multipliedBy(4);

	private static final Duration MEMORY = Duration.ofDays(7);

	private static final LuaScript<byte[]> CLAIM = LuaScript.returningBytes(WarmLease.class, "claim.lua");

	private static final LuaScript<Long> HOLD = LuaScript.returningNumber(WarmLease.class, "hold.lua");

	private static final byte[] NOBODY = {};

	private final RedisExecutor redis;

	private final byte[] key;

	private final NodeId node;

	private int claims;

	/**
	 * Create the lease of a method.
	 * @param redis the way to the server
	 * @param key where it is kept
	 * @param node this node
	 */
	public WarmLease(RedisExecutor redis, byte[] key, NodeId node) {
		this.redis = redis;
		this.key = key;
		this.node = node;
	}

	/**
	 * Look only.
	 */
	Known look() {
		return known(NOBODY, "");
	}

	/**
	 * Claim the right, unless another holds it or has warmed since the last look.
	 */
	Known claim(Known seen) {
		return known(bytes(this.node.value() + "-" + ++this.claims), String.valueOf(seen.last()));
	}

	private Known known(byte[] token, String last) {
		byte[] reply = this.redis.await(this.redis.run(CLAIM, new byte[][] { this.key }, token, bytes(LEASE.toMillis()),
				bytes(last), bytes(MEMORY.toMillis())));
		String[] parts = new String(reply, StandardCharsets.US_ASCII).split(" ");
		return new Known(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), token);
	}

	/**
	 * Hold the right for another while.
	 * @return whether it is still held
	 */
	boolean renew(Known claimed) {
		return hold(claimed, "renew", LEASE);
	}

	/**
	 * Give the right back: the cache is warm.
	 * @return whether it was still held
	 */
	boolean done(Known claimed) {
		return hold(claimed, "done", Duration.ZERO);
	}

	/**
	 * Give the right back: the cache is not warm.
	 * @param rest time in which nobody is to try again
	 */
	void rest(Known claimed, Duration rest) {
		hold(claimed, "rest", rest);
	}

	private boolean hold(Known claimed, String how, Duration time) {
		return this.redis.await(this.redis.run(HOLD, new byte[][] { this.key }, claimed.token(), bytes(how),
				bytes(time.toMillis()))) == 1;
	}

	private static byte[] bytes(long number) {
		return bytes(String.valueOf(number));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * What is known of the warm-ups of a method, in milliseconds on the server's clock.
	 *
	 * @param now when it was known
	 * @param last when the last whole warm-up began, 0 for never
	 * @param left how long nobody may begin one, negative when the caller does
	 * @param token what the caller holds the right by
	 */
	record Known(long now, long last, long left, byte[] token) {

		boolean isClaimed() {
			return this.left < 0;
		}

	}

}
