package io.redispatterns.redis.resilience;

import java.time.Clock;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.redis.AvailabilityHealthIndicator;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.ServerClock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration for the guard between the patterns and Redis, and for the options of
 * the client that it stands on, where the application has not set them.
 */
@AutoConfiguration(after = DataRedisAutoConfiguration.class)
@ConditionalOnClass(RedisConnectionFactory.class)
@ConditionalOnSingleCandidate(RedisConnectionFactory.class)
@EnableConfigurationProperties(ResilienceProperties.class)
@Import({ ClientCustomizers.OfLettuce.class, ClientCustomizers.OfJedis.class })
public final class ResilienceAutoConfiguration {

	private static final boolean LETTUCE = ClassUtils.isPresent("io.lettuce.core.RedisClient",
			ResilienceAutoConfiguration.class.getClassLoader());

	@Bean
	@ConditionalOnMissingBean
	Outages redisOutages() {
		return new Outages(Clock.systemUTC(), System::nanoTime);
	}

	@Bean
	@ConditionalOnMissingBean(RedisExecutor.class)
	AbstractRedisExecutor redisExecutor(RedisConnectionFactory factory, ResilienceProperties properties,
			Outages outages) {
		if (properties.enabled() && LETTUCE && factory instanceof LettuceConnectionFactory lettuce
				&& lettuce.getShareNativeConnection()) {
			return new LettuceRedisExecutor(lettuce, properties, outages);
		}
		return new FactoryRedisExecutor(factory, properties, outages);
	}

	@Bean
	@ConditionalOnMissingBean
	ServerClock redisServerClock(RedisExecutor redis) {
		return new ServerClock(redis, Clock.systemUTC());
	}

	/**
	 * Health of the patterns beside Spring Boot's own indicators.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HealthIndicator.class)
	@ConditionalOnEnabledHealthIndicator("redispatterns")
	static class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "redispatternsHealthIndicator")
		AvailabilityHealthIndicator redispatternsHealthIndicator(RedisExecutor redis, ResilienceProperties properties) {
			return new AvailabilityHealthIndicator(redis, properties.downAfter());
		}

	}

	/**
	 * Meters of the guard.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ResilienceMetrics redisResilienceMetrics(ObjectProvider<AbstractRedisExecutor> redis) {
			return new ResilienceMetrics(redis.stream().map(AbstractRedisExecutor::guard).toList());
		}

	}

}
