package io.redispatterns.hash;

import java.util.concurrent.ThreadLocalRandom;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.codec.json.JsonValueCodecs;
import io.redispatterns.hash.RedisHashStores.Surroundings;
import io.redispatterns.hash.script.HashStatistics.Listener;
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

/**
 * Auto-configuration for objects that are stored as hashes.
 */
@AutoConfiguration(after = { RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class,
		CodecAutoConfiguration.class })
@ConditionalOnBean({ RedisExecutor.class, KeySpace.class, JsonValueCodecs.class })
@ConditionalOnBooleanProperty(name = "redis.hash.enabled", matchIfMissing = true)
@EnableConfigurationProperties(HashProperties.class)
public final class HashAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(HashStores.class)
	RedisHashStores redisHashStores(RedisExecutor redis, KeySpace keySpace, JsonValueCodecs codecs,
			HashProperties properties, ObjectProvider<Listener> listeners, ObjectProvider<StampedeGuard> guard) {
		return new RedisHashStores(redis, keySpace, codecs, properties,
				new Surroundings(() -> ThreadLocalRandom.current().nextLong(),
						guard.getIfAvailable(() -> StampedeGuard.LOCAL),
						(statistics) -> listeners.orderedStream().forEach((each) -> each.created(statistics))));
	}

	/**
	 * Meters of the stores.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		HashMetrics redisHashMetrics() {
			return new HashMetrics();
		}

	}

}
