package io.redispatterns.warming;

import io.micrometer.core.instrument.MeterRegistry;
import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration for caches that are warmed before anybody asks.
 */
@AutoConfiguration(after = CachingAutoConfiguration.class)
@ConditionalOnBean(CachingAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "redis.warming.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WarmingProperties.class)
public final class WarmingAutoConfiguration {

	@Bean
	WarmUps redisWarmUps(ConfigurableListableBeanFactory beans, WarmingProperties properties, RedisExecutor redis,
			KeySpace keySpace, NodeId node) {
		return new WarmUps(beans, properties, redis, keySpace, node);
	}

	/**
	 * Runners are the last thing that readiness waits for.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	@ConditionalOnBooleanProperty("redis.warming.readiness-gate")
	ApplicationRunner redisWarmingGate(WarmUps warmUps) {
		return (arguments) -> warmUps.awaitStart();
	}

	/**
	 * Meters of the warm-ups.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnBean(MeterRegistry.class)
		WarmingMetrics redisWarmingMetrics(MeterRegistry registry, WarmUps warmUps) {
			return new WarmingMetrics(registry, warmUps);
		}

	}

}
