package io.redispatterns.ratelimit.script;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;

/**
 * The part of a script that counts.
 */
enum Engine {

	BUCKET("t", "bucket.lua"), FIXED("f", "fixed.lua"), RING("s", "ring.lua"), LOG("l", "log.lua"),
	LEASES("c", "leases.lua");

	private final String letter;

	private final String file;

	Engine(String letter, String file) {
		this.letter = letter;
		this.file = file;
	}

	static Engine of(Algorithm algorithm) {
		return switch (algorithm) {
			case TOKEN_BUCKET, LEAKY_BUCKET -> BUCKET;
			case FIXED_WINDOW -> FIXED;
			case SLIDING_WINDOW -> RING;
			case SLIDING_LOG -> LOG;
			case CONCURRENCY -> LEASES;
		};
	}

	String letter() {
		return this.letter;
	}

	String file() {
		return this.file;
	}

	/**
	 * The time that the engine counts in.
	 */
	static long span(RateLimitPolicy policy) {
		return policy.algorithm().isBucket() ? policy.intervalMicros() : policy.windowMicros();
	}

}
