package io.redispatterns.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.redisson.Redisson;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/**
 * Redisson's limiter, the object of a subject kept.
 */
final class RedissonLimit implements Limit {

	private final RedissonClient client;

	private final Map<String, RRateLimiter> limiters = new ConcurrentHashMap<>();

	RedissonLimit(int port) {
		Config config = new Config();
		config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
		this.client = Redisson.create(config);
	}

	@Override
	public boolean acquire(String subject) {
		return this.limiters.computeIfAbsent(subject, this::limiter).tryAcquire();
	}

	private RRateLimiter limiter(String subject) {
		RRateLimiter limiter = this.client.getRateLimiter("benchmarks:rl:" + subject);
		limiter.trySetRate(RateType.OVERALL, PLENTY, Duration.ofHours(1));
		return limiter;
	}

	@Override
	public void close() {
		this.client.shutdown();
	}

}
