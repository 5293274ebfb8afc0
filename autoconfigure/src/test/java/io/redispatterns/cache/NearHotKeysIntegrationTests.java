package io.redispatterns.cache;

import java.util.List;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A cache of which only the keys that are read most are near.
 */
class NearHotKeysIntegrationTests {

	private static final List<String> HOT = List.of("redis.cache.caches.few.near.hot-keys=2");

	@Test
	void keepsWhatIsReadMostAndForgetsWhatOthersWrite(@Redis StandaloneRedis redis) {
		try (CacheNode node = CacheNode.start(redis, HOT); CacheNode other = CacheNode.start(redis, HOT)) {
			node.awaitConnection();
			other.awaitConnection();
			RedisCacheAside cache = (RedisCacheAside) node.cache("few");
			for (int i = 0; i < 500; i++) {
				cache.put(i, "value");
			}
			await().until(() -> {
				for (int i = 0; i < 500; i++) {
					cache.get(7);
				}
				return cache.near().find(7) != null;
			});
			for (int i = 0; i < 500; i++) {
				cache.get(i);
			}
			assertThat(cache.near().size()).isOne();
			other.cache("few").put(7, "new");
			await().until(() -> "new".equals(cache.get(7, String.class)));
			await().until(() -> cache.near().find(7) != null);
			other.cache("few").evict(7);
			await().until(() -> cache.near().find(7) == null);
			assertThat(cache.get(7)).isNull();
		}
	}

}
