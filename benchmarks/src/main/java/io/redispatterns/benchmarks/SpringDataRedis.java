package io.redispatterns.benchmarks;

import java.time.Duration;
import java.util.function.Consumer;

import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.cache.RedisCacheWriter.RedisCacheWriterConfigurer;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;

/**
 * Spring Data Redis: its cache manager on Lettuce, with JSON of the one type.
 */
final class SpringDataRedis {

	private SpringDataRedis() {
	}

	static TrackCache open(int port, Consumer<RedisCacheWriterConfigurer> writes) {
		LettuceConnectionFactory connections = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", port));
		connections.afterPropertiesSet();
		connections.start();
		RedisCacheConfiguration configuration = RedisCacheConfiguration.defaultCacheConfig()
			.entryTtl(Duration.ofMinutes(10))
			.serializeValuesWith(SerializationPair.fromSerializer(new JacksonJsonRedisSerializer<>(Track.class)));
		RedisCacheManager manager = RedisCacheManager.builder(RedisCacheWriter.create(connections, writes))
			.cacheDefaults(configuration)
			.build();
		manager.afterPropertiesSet();
		return new SpringTrackCache(manager, SpringTrackCache::oneByOne, connections::destroy);
	}

}
