package io.redispatterns.invalidation.link;

import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration for the connection on which a node listens.
 */
@AutoConfiguration(after = ResilienceAutoConfiguration.class)
@ConditionalOnBean({ RedisConnectionFactory.class, RedisExecutor.class })
@ConditionalOnBooleanProperty(name = "redis.invalidation.enabled", matchIfMissing = true)
public final class LinkAutoConfiguration {

	private static final boolean LETTUCE = ClassUtils.isPresent("io.lettuce.core.RedisClient",
			LinkAutoConfiguration.class.getClassLoader());

	@Bean
	@ConditionalOnMissingBean
	ServerLink redisInvalidationLink(RedisConnectionFactory factory, RedisExecutor redis) {
		return (LETTUCE && factory instanceof LettuceConnectionFactory lettuce)
				? new RedisLink(lettuce::getRequiredNativeClient) : new RedisBlockingLink(factory, redis);
	}

}
