package io.redispatterns.sample;

import org.springframework.boot.cache.autoconfigure.RedisCacheManagerBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.cache.RedisCacheWriter.RedisCacheWriterConfigurer;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Makes Spring Boot's own cache manager wait for its writes: with Lettuce it does not,
 * and a read that follows a write may miss.
 */
@TestConfiguration(proxyBeanMethods = false)
class ImmediateWrites {

	@Bean
	RedisCacheManagerBuilderCustomizer immediateWrites(RedisConnectionFactory connectionFactory) {
		return (builder) -> builder
			.cacheWriter(RedisCacheWriter.create(connectionFactory, RedisCacheWriterConfigurer::immediateWrites));
	}

}
