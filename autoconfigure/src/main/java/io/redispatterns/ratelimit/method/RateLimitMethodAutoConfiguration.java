package io.redispatterns.ratelimit.method;

import java.util.function.Supplier;

import io.redispatterns.ratelimit.RateLimitAutoConfiguration;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.ratelimit.client.CallerSource;
import io.redispatterns.ratelimit.client.RateLimitTenantResolver;
import io.redispatterns.ratelimit.client.ReactiveCallerSource;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.ratelimit.rule.Admissions;
import io.redispatterns.ratelimit.rule.LimitRuleProperties;
import io.redispatterns.ratelimit.rule.LimitRules;
import io.redispatterns.ratelimit.rule.LimitSettings;
import io.redispatterns.ratelimit.rule.RuleChecks;
import io.redispatterns.redis.RedisExecutor;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for limits on the methods of beans.
 */
@AutoConfiguration(after = RateLimitAutoConfiguration.class)
@ConditionalOnBean(RateLimiter.class)
@ConditionalOnBooleanProperty(name = "redis.rate-limit.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LimitRuleProperties.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class RateLimitMethodAutoConfiguration {

	private RateLimitMethodAutoConfiguration() {
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static BeanDefinitionRegistryPostProcessor redisRateLimitProxies() {
		return (registry) -> AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LimitRules redisRateLimitRules(Environment environment) {
		return new LimitRules(environment::resolveRequiredPlaceholders);
	}

	/**
	 * Asks for nothing before the first call: advice is made when the first bean is.
	 */
	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static RateLimitAdvisor redisRateLimitAdvisor(LimitRules rules, BeanFactory beans) {
		HandlerMethods handlers = beans.containsBean(HandlerMethods.BEAN_NAME)
				? beans.getBean(HandlerMethods.BEAN_NAME, HandlerMethods.class) : HandlerMethods.NONE;
		Supplier<RedisExecutor> redis = SingletonSupplier.of(() -> beans.getBean(RedisExecutor.class));
		Surroundings surroundings = new Surroundings(SingletonSupplier.of(() -> beans.getBean(Admissions.class)),
				SingletonSupplier.of(() -> beans.getBeanProvider(CallerSource.class).orderedStream().toList()),
				SingletonSupplier.of(() -> beans.getBeanProvider(ReactiveCallerSource.class).orderedStream().toList()),
				() -> redis.get().mayWait());
		return new RateLimitAdvisor(rules, handlers, new RateLimitInterceptor(rules, handlers, surroundings));
	}

	@Bean
	static LimitSettings redisRateLimitSettings(LimitRuleProperties properties,
			ObjectProvider<RateLimitTenantResolver> tenants) {
		return new LimitSettings(properties.apiKeyHeader(), properties.planByRole(), tenants.getIfAvailable());
	}

	@Bean
	static Admissions redisRateLimitAdmissions(RateLimiter limiter, RateLimitPolicies policies,
			LimitSettings settings) {
		return new Admissions(limiter, policies, settings);
	}

	@Bean
	static RuleChecks redisRateLimitChecks(LimitRules rules, RateLimitPolicies policies, LimitSettings settings,
			ObjectProvider<RedisExecutor> redis) {
		return new RuleChecks(rules, policies, settings, () -> redis.ifAvailable(RedisExecutor::connect));
	}

}
