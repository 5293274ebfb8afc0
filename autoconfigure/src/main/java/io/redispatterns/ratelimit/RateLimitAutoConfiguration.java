package io.redispatterns.ratelimit;

import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

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

}
