package io.redispatterns.embedded;

import redis.embedded.core.ExecutableProvider;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisOperations;

/**
 * Auto-configuration of a Redis server for development, when no other is configured.
 */
@AutoConfiguration(before = DataRedisAutoConfiguration.class)
@ConditionalOnClass({ RedisOperations.class, ExecutableProvider.class })
@ConditionalOnBooleanProperty(name = "redis.embedded.enabled", matchIfMissing = true)
@ConditionalOnMissingBean({ DataRedisConnectionDetails.class, RedisConnectionFactory.class })
@Conditional(NoConnectionConfigured.class)
@EnableConfigurationProperties({ EmbeddedProperties.class, DataRedisProperties.class })
public final class EmbeddedAutoConfiguration {

	@Bean(initMethod = "start")
	EmbeddedRedis embeddedRedis(EmbeddedProperties properties, DataRedisProperties redis) {
		return new EmbeddedRedis(properties.port(), properties.maxMemory(), redis.getDatabase());
	}

}
