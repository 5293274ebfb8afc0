package io.redispatterns.cache.node;

import io.redispatterns.redis.NodeId;
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
 * Auto-configuration for what nodes that share caches know of each other.
 */
@AutoConfiguration(after = { RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class })
@ConditionalOnBean({ RedisExecutor.class, KeySpace.class })
@ConditionalOnBooleanProperty(name = "redis.cache.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CacheNodesProperties.class)
public final class CacheNodesAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CacheNodes redisCacheNodes(RedisExecutor redis, KeySpace keySpace, NodeId id, CacheNodesProperties properties) {
		return new CacheNodes(redis, keySpace, id, properties);
	}

}
