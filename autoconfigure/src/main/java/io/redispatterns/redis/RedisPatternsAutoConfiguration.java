package io.redispatterns.redis;

import java.security.SecureRandom;
import java.util.List;

import io.redispatterns.redis.key.KeyArgumentResolver;
import io.redispatterns.redis.key.KeySpace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration for the kernel of the Redis patterns.
 */
@AutoConfiguration(after = DataRedisAutoConfiguration.class)
@ConditionalOnClass(RedisConnectionFactory.class)
@ConditionalOnSingleCandidate(RedisConnectionFactory.class)
@EnableConfigurationProperties(RedisPatternsProperties.class)
public final class RedisPatternsAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(RedisPatternsAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	KeySpace redisKeySpace(RedisPatternsProperties properties, Environment environment,
			ObjectProvider<KeyArgumentResolver> resolvers) {
		List<KeyArgumentResolver> ordered = resolvers.orderedStream().toList();
		String namespace = properties.namespace();
		if (StringUtils.hasText(namespace)) {
			return keySpace("redis.namespace", namespace, ordered);
		}
		namespace = environment.getProperty("spring.application.name");
		if (StringUtils.hasText(namespace)) {
			return keySpace("spring.application.name", namespace, ordered);
		}
		logger.warn("Neither 'redis.namespace' nor 'spring.application.name' is set: keys start with 'application:', "
				+ "which another application on the same server would share");
		return KeySpace.of("application", ordered);
	}

	@Bean
	@ConditionalOnMissingBean
	NodeId redisNodeId() {
		return NodeId.random(new SecureRandom());
	}

	private static KeySpace keySpace(String property, String namespace, List<KeyArgumentResolver> resolvers) {
		try {
			return KeySpace.of(namespace, resolvers);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidSettingException(property, namespace,
					"consist of 1 to 64 letters, digits, '.', '_' or '-' to begin the keys of this application",
					"Set 'redis.namespace' to a name of such characters.");
		}
	}

}
