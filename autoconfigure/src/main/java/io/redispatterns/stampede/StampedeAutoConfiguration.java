package io.redispatterns.stampede;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceProperties;
import io.redispatterns.redis.tls.ServerTls;
import io.redispatterns.stampede.StampedeProperties.Guard;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Auto-configuration for the guard against cache stampedes.
 */
@AutoConfiguration(before = CachingAutoConfiguration.class,
		after = { RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class })
@ConditionalOnBean({ RedisConnectionFactory.class, RedisExecutor.class, KeySpace.class })
@ConditionalOnBooleanProperty(name = "redis.stampede.enabled", matchIfMissing = true)
@EnableConfigurationProperties(StampedeProperties.class)
public final class StampedeAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(StampedeGuard.class)
	AbstractGuard redisStampedeGuard(StampedeProperties properties, RedisExecutor redis, RedisConnectionFactory factory,
			ObjectProvider<RedissonLocks> locks, Environment environment) {
		Guard guard = properties.guard();
		if (guard == Guard.LOCAL || guard == Guard.NONE) {
			return new LocalGuard(properties, redis.availability(), guard == Guard.LOCAL);
		}
		LeaseGuard lease = new LeaseGuard(properties, redis.availability(), new RedisWakeUps(factory));
		RedissonLocks redisson = (guard == Guard.REDISSON) ? locks(locks, environment) : null;
		return (redisson != null) ? new RedissonGuard(properties, redis.availability(), redisson, lease) : lease;
	}

	private static @Nullable RedissonLocks locks(ObjectProvider<RedissonLocks> locks, Environment environment) {
		RedissonLocks redisson = locks.getIfAvailable();
		if (redisson == null && environment.containsProperty("redis.stampede.guard")) {
			throw new InvalidSettingException("redis.stampede.guard", "redisson",
					"be another while Redisson is not on the class path, or Spring Boot does not know the servers",
					"Add 'org.redisson:redisson' and connect by 'spring.data.redis', or set 'lease', which needs"
							+ " neither.");
		}
		return redisson;
	}

	/**
	 * Locks of Redisson, which connects at the first miss.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Redisson.class)
	@ConditionalOnBean({ DataRedisConnectionDetails.class, ResilienceProperties.class })
	@ConditionalOnProperty(name = "redis.stampede.guard", havingValue = "redisson", matchIfMissing = true)
	@ConditionalOnMissingBean(StampedeGuard.class)
	static class LocksConfiguration {

		/**
		 * The lease decides too, so that a lock is not worth the whole patience of a
		 * caller.
		 */
		private static final int SHARE_OF_LOCK = 5;

		@Bean(destroyMethod = "")
		@ConditionalOnMissingBean
		RedissonLocks redisStampedeLocks(DataRedisConnectionDetails details, ResilienceProperties resilience,
				StampedeProperties properties, KeySpace keySpace, ObjectProvider<DataRedisProperties> client) {
			ServerTls tls = ServerTls.of(details, client.getIfAvailable(DataRedisProperties::new));
			return new RedissonLocks(() -> RedissonServers.of(details, tls, resilience, properties.lease()),
					keySpace.kind("lock"), resilience.commandTimeout().dividedBy(SHARE_OF_LOCK));
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
		StampedeMetrics redisStampedeMetrics(ObjectProvider<AbstractGuard> guard) {
			return new StampedeMetrics(guard.stream().map((each) -> each.admissions).toList());
		}

	}

}
