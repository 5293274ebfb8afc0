package io.redispatterns.benchmarks;

import java.util.function.IntFunction;

/**
 * Who takes part in {@link Work#LIMIT}. The first is what the others are compared with.
 */
enum LimitContestant {

	GCRA("bare GCRA script", GcraLimit::new),

	BUCKET4J("bucket4j", (port) -> new Bucket4jLimit(port, false)),

	BUCKET4J_BATCHING("bucket4j, batching", (port) -> new Bucket4jLimit(port, true)),

	REDISSON("redisson RRateLimiter", RedissonLimit::new),

	REDIS_PATTERNS("redis-patterns, token bucket", (port) -> new RedisPatternsLimit(port, "token-bucket")),

	REDIS_PATTERNS_SLIDING("redis-patterns, sliding window", (port) -> new RedisPatternsLimit(port, "sliding-window"));

	private final String label;

	private final IntFunction<Limit> opening;

	LimitContestant(String label, IntFunction<Limit> opening) {
		this.label = label;
		this.opening = opening;
	}

	String label() {
		return this.label;
	}

	Limit open(int port) {
		return this.opening.apply(port);
	}

}
