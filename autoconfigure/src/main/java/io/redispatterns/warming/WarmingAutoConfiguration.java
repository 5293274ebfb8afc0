package io.redispatterns.warming;

import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.cache.CacheTrust;
import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.redis.Availability;
import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.key.Keys;
import io.redispatterns.warming.run.WarmLease;
import io.redispatterns.warming.run.WarmUp;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
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
	@ConditionalOnMissingBean
	WarmUps redisWarmUps(ConfigurableListableBeanFactory beans, WarmingProperties properties, RedisExecutor redis,
			NodeId node, CacheTrust trust) {
		Keys keys = beans.getBean(KeySpace.class).kind("warm");
		Availability availability = redis.availability();
		BooleanSupplier usable = () -> availability.outage() == null && trust.isGiven();
		return new WarmUps(beans, properties, (plan, tally) -> new WarmUp(plan,
				new WarmLease(redis, keys.key(plan.cache(), plan.name()), node), usable, tally));
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
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		WarmingMetrics redisWarmingMetrics(WarmUps warmUps) {
			return new WarmingMetrics(warmUps);
		}

	}

}
