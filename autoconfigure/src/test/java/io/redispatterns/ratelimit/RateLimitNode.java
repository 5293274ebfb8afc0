package io.redispatterns.ratelimit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.micrometer.observation.ObservationRegistry;
import io.redispatterns.Patience;
import io.redispatterns.ratelimit.RedisDecisions.Settings;
import io.redispatterns.ratelimit.call.DenyCache;
import io.redispatterns.ratelimit.call.Gate;
import io.redispatterns.ratelimit.local.LocalLimiter;
import io.redispatterns.ratelimit.policy.OnRedisError;
import io.redispatterns.ratelimit.policy.RateLimitPlanResolver;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.key.KeySpace;
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

	/**
	 * The limiter of another node on the same server, whose clock is ahead.
	 */
	RateLimiter limiterAhead(Duration ahead) {
		LongSupplier nanoTime = () -> System.nanoTime() + ahead.toNanos();
		AtomicLong leases = new AtomicLong();
		NodeDecisions decisions = new NodeDecisions(OnRedisError.LOCAL, new LocalLimiter(1, 1000, nanoTime),
				new DenyCache(1000, nanoTime), () -> ahead + "." + leases.incrementAndGet());
		Settings settings = new Settings(policies(), RateLimitPlanResolver.NONE,
				() -> new Gate(Duration.ofSeconds(10).toNanos(), nanoTime), nanoTime, (policies, decision) -> {
				});
		RedisExecutor redis = this.context.getBean(RedisExecutor.class);
		return new RedisRateLimiter(redis,
				new RedisDecisions(redis, this.context.getBean(KeySpace.class).kind("rl"), settings, decisions),
				decisions, new RateLimitObservations(ObservationRegistry.NOOP), Duration.ofSeconds(10));
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
