package io.redispatterns.ratelimit;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import io.redispatterns.ratelimit.RedisDecisions.Listener;
import io.redispatterns.ratelimit.RedisDecisions.Settings;
import io.redispatterns.ratelimit.call.DenyCache;
import io.redispatterns.ratelimit.call.Gate;
import io.redispatterns.ratelimit.local.LocalLimiter;
import io.redispatterns.ratelimit.policy.RateLimitPlanResolver;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for rate limits.
 */
@AutoConfiguration(after = { RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class })
@ConditionalOnBean({ RedisExecutor.class, KeySpace.class })
@ConditionalOnBooleanProperty(name = "redis.rate-limit.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RateLimitProperties.class)
public final class RateLimitAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RateLimitPolicies redisRateLimitPolicies(RateLimitProperties properties) {
		RateLimitPolicies policies = new RateLimitPolicies();
		properties.defineIn(policies);
		return policies;
	}

	@Bean
	@ConditionalOnMissingBean(RateLimiter.class)
	RedisRateLimiter redisRateLimiter(RedisExecutor redis, KeySpace keySpace, RateLimitPolicies policies,
			RateLimitProperties properties, NodeId id, ObjectProvider<RateLimitPlanResolver> plans,
			ObjectProvider<Listener> listeners, ObjectProvider<ObservationRegistry> observations) {
		LongSupplier nanoTime = System::nanoTime;
		AtomicLong leases = new AtomicLong();
		Supplier<List<Listener>> told = SingletonSupplier.of(() -> listeners.orderedStream().toList());
		int refusals = properties.denyCache().enabled() ? properties.denyCache().maxKeys() : 0;
		NodeDecisions node = new NodeDecisions(properties.onRedisError(),
				new LocalLimiter(properties.local().expectedNodes(), properties.local().maxKeys(), nanoTime),
				new DenyCache(refusals, nanoTime), () -> id + "." + leases.incrementAndGet());
		Settings settings = new Settings(policies, plans.getIfAvailable(() -> RateLimitPlanResolver.NONE),
				() -> new Gate(properties.commandTimeout().toNanos(), nanoTime), nanoTime,
				(asked, decision) -> told.get().forEach((listener) -> listener.decided(asked, decision)));
		if (!policies.all().isEmpty()) {
			redis.connect();
		}
		return new RedisRateLimiter(redis, new RedisDecisions(redis, keySpace.kind("rl"), settings, node), node,
				new RateLimitObservations(observations.getIfUnique(() -> ObservationRegistry.NOOP)),
				properties.commandTimeout());
	}

	/**
	 * Meters of the decisions.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		RateLimitMetrics redisRateLimitMetrics(ObjectProvider<RedisRateLimiter> limiters) {
			return new RateLimitMetrics(limiters);
		}

	}

}
