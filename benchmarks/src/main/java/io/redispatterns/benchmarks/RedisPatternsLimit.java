package io.redispatterns.benchmarks;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.redispatterns.ratelimit.RateLimitDecision.Source;
import io.redispatterns.ratelimit.RateLimitRequest;
import io.redispatterns.ratelimit.RateLimiter;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * This project: the limiter of an application that has the starter on its class path.
 */
final class RedisPatternsLimit implements Limit {

	private final ConfigurableApplicationContext context;

	private final RateLimiter limiter;

	RedisPatternsLimit(int port, String algorithm) {
		this.context = new SpringApplicationBuilder(RedisPatterns.Application.class).web(WebApplicationType.NONE)
			.run("--spring.application.name=benchmarks", "--spring.main.banner-mode=off",
					"--spring.main.log-startup-info=false", "--spring.data.redis.port=" + port,
					"--redis.rate-limit.policies.limit.algorithm=" + algorithm,
					"--redis.rate-limit.policies.limit.limit=" + PLENTY, "--redis.rate-limit.policies.limit.window=1h");
		this.limiter = this.context.getBean(RateLimiter.class);
		long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		while (this.limiter.acquire(request("probe")).source() != Source.REDIS && System.nanoTime() < end) {
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
	}

	@Override
	public boolean acquire(String subject) {
		return this.limiter.acquire(request(subject)).allowed();
	}

	private static RateLimitRequest request(String subject) {
		return RateLimitRequest.of(subject, "limit");
	}

	@Override
	public void close() {
		this.context.close();
	}

}
