package io.redispatterns;

import java.util.List;
import java.util.Map;

import io.redispatterns.cache.BulkCache;
import io.redispatterns.cache.TaggedCache;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code that the README shows, line by line. It compiles; what it promises is tested
 * elsewhere.
 */
class ReadmeSnippets {

	void tag(CacheManager cacheManager) {
		((TaggedCache) cacheManager.getCache("tracks")).evictTag("artist:7");
	}

	void bulk(CacheManager cacheManager, List<Integer> ids) {
		Map<Object, Object> found = ((BulkCache) cacheManager.getCache("tracks")).getAll(ids);
		assertThat(found).isNotNull();
	}

	@Service
	class Tracks {

		private final TrackRepository repository;

		Tracks(TrackRepository repository) {
			this.repository = repository;
		}

		@Cacheable("tracks")
		Track find(int id) {
			return this.repository.find(id);
		}

		@CacheEvict(cacheNames = "tracks", key = "#track.id")
		void save(Track track) {
			this.repository.save(track);
		}

	}

	@SpringBootTest
	class BasketTests {

		@Redis
		static StandaloneRedis redis;

		@Autowired
		Basket basket;

		@DynamicPropertySource
		static void connect(DynamicPropertyRegistry registry) {
			redis.springProperties().forEach((name, value) -> registry.add(name, () -> value));
		}

		@Test
		void survivesHang() {
			redis.server().freeze();
			assertThat(this.basket.total()).isZero();
		}

	}

	record Track(int id, int artistId) {

	}

	interface TrackRepository {

		Track find(int id);

		void save(Track track);

	}

	interface Basket {

		int total();

	}

}
