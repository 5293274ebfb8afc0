package io.redispatterns.ratelimit.endpoint;

import io.redispatterns.ratelimit.RateLimitAutoConfiguration;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the actuator endpoint of rate limits.
 */
@AutoConfiguration(after = RateLimitAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean({ RateLimiter.class, RateLimitPolicies.class })
@ConditionalOnBooleanProperty(name = "redis.rate-limit.enabled", matchIfMissing = true)
@ConditionalOnAvailableEndpoint(endpoint = RateLimitEndpoint.class)
public final class RateLimitEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RateLimitEndpoint redisRateLimitEndpoint(RateLimiter limiter, RateLimitPolicies policies) {
		return new RateLimitEndpoint(limiter, policies);
	}

}
