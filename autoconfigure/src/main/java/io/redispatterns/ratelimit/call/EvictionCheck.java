package io.redispatterns.ratelimit.call;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once of a server that may throw away what was counted when its memory is full.
 */
public final class EvictionCheck {

	private static final Logger logger = LoggerFactory.getLogger(EvictionCheck.class);

	private static final LuaScript<byte[]> POLICY = LuaScript.returningBytes(EvictionCheck.class, "eviction.lua");

	private final RedisExecutor redis;

	private final AtomicBoolean begun = new AtomicBoolean();

	/**
	 * Create a check.
	 * @param redis the way to the server
	 */
	public EvictionCheck(RedisExecutor redis) {
		this.redis = redis;
	}

	/**
	 * Ask the server of a key, at the first time, without waiting.
	 * @param key the key
	 */
	public void begin(byte[] key) {
		if (!this.begun.get() && this.begun.compareAndSet(false, true)) {
			this.redis.bounded(this.redis.run(POLICY, new byte[][] { key })).whenComplete((reply, ex) -> {
				String policy = (reply != null) ? new String(reply, StandardCharsets.UTF_8) : "";
				if (policy.startsWith("allkeys-")) {
					logger.warn(
							"Redis evicts any key when its memory is full (maxmemory-policy {}): rate limits then"
									+ " begin anew. Set 'volatile-ttl' or 'noeviction', or use a server of their own",
							policy);
				}
			});
		}
	}

}
