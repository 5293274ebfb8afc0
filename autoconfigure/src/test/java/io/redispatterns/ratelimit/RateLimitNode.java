package io.redispatterns.ratelimit;

import java.util.Map;
import java.util.stream.Stream;

import io.redispatterns.Patience;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import org.awaitility.Awaitility;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * One node of an application that has nothing but rate limits.
 */
final class RateLimitNode implements AutoCloseable {

	static final Class<?>[] AUTO_CONFIGURATIONS = { DataRedisAutoConfiguration.class,
			RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class, RateLimitAutoConfiguration.class };

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private RateLimitNode() {
	}

	/**
	 * Start a node, which is patient with a slow machine unless told otherwise.
	 */
	static RateLimitNode start(Map<String, String> redis, String... properties) {
		RateLimitNode node = new RateLimitNode();
		TestPropertyValues.of("redis.namespace=test")
			.and(Patience.SETTINGS.stream())
			.and(redis)
			.and(Stream.of(properties))
			.applyTo(node.context);
		node.context.register(AUTO_CONFIGURATIONS);
		node.context.refresh();
		return node;
	}

	RateLimiter limiter() {
		return this.context.getBean(RateLimiter.class);
	}

	RateLimitPolicies policies() {
		return this.context.getBean(RateLimitPolicies.class);
	}

	RateLimitNode awaitConnection() {
		RedisExecutor redis = this.context.getBean(RedisExecutor.class);
		Awaitility.await().ignoreExceptions().until(() -> redis.await(redis.time()) > 0);
		return this;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
