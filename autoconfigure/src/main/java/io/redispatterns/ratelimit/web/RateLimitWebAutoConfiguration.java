package io.redispatterns.ratelimit.web;

import io.redispatterns.ratelimit.client.ClientAddresses;
import io.redispatterns.ratelimit.client.ClientIpProperties;
import io.redispatterns.ratelimit.http.LimitHttpProperties;
import io.redispatterns.ratelimit.http.LimitResponses;
import io.redispatterns.ratelimit.http.RefusalAdvice;
import io.redispatterns.ratelimit.method.HandlerMethods;
import io.redispatterns.ratelimit.method.RateLimitMethodAutoConfiguration;
import io.redispatterns.ratelimit.rule.Admissions;
import io.redispatterns.ratelimit.rule.LimitRuleProperties;
import io.redispatterns.ratelimit.rule.RuleChecks;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.web.ErrorResponse;

/**
 * Auto-configuration for what limits the requests of any web application.
 */
@AutoConfiguration(after = RateLimitMethodAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnClass(ErrorResponse.class)
@ConditionalOnBean(Admissions.class)
@ConditionalOnBooleanProperty(name = "redis.rate-limit.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ ClientIpProperties.class, LimitHttpProperties.class })
public final class RateLimitWebAutoConfiguration {

	private RateLimitWebAutoConfiguration() {
	}

	@Bean(HandlerMethods.BEAN_NAME)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static HandlerMethods redisRateLimitHandlerMethods() {
		return new AnsweringMethods();
	}

	@Bean
	static ClientAddresses redisRateLimitClientAddresses(ClientIpProperties properties) {
		return new ClientAddresses(properties);
	}

	@Bean
	static LimitResponses redisRateLimitResponses(LimitHttpProperties properties) {
		return new LimitResponses(properties);
	}

	@Bean
	static PathLimits redisRateLimitPaths(LimitRuleProperties properties, RuleChecks checks) {
		return new PathLimits(properties, checks);
	}

	@Bean
	@ConditionalOnMissingBean
	static RefusalAdvice redisRateLimitRefusalAdvice(LimitResponses responses, LimitHttpProperties properties) {
		return new RefusalAdvice(responses, properties);
	}

}
