package io.redispatterns.cache;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.redispatterns.cache.near.WriteKind;
import io.redispatterns.invalidation.CacheInvalidation;
import io.redispatterns.invalidation.CacheInvalidationListener;
import io.redispatterns.invalidation.CacheInvalidations;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What applications, and programs in other languages, tell and are told.
 */
class InvalidationApiIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static CacheNode node;

	private static CacheNode other;

	@BeforeAll
	static void start() {
		node = CacheNode.start(redis,
				List.of("redis.cache.defaults.near.enabled=true", "redis.invalidation.events=true"), Listeners.class);
		other = CacheNode.start(redis, List.of());
		NearCacheContract.awaitNear(node);
	}

	@AfterAll
	static void stop() {
		other.close();
		node.close();
	}

	private static RedisCacheAside kept(String key) {
		RedisCacheAside cache = (RedisCacheAside) node.cache("api");
		cache.put(key, "value");
		cache.get(key);
		assertThat(cache.near().find(key)).isEqualTo("value");
		return cache;
	}

	@Test
	void applicationOfAnotherNodeMakesThisOneForget() {
		RedisCacheAside cache = kept("evicted");
		other.get(CacheInvalidations.class).evict("api", "evicted");
		await().until(() -> cache.near().find("evicted") == null);
		RedisCacheAside cleared = kept("cleared");
		other.get(CacheInvalidations.class).clear("api");
		await().until(() -> cleared.near().find("cleared") == null);
		assertThat(cleared.get("cleared")).isNotNull();
	}

	@Test
	void applicationOfThisNodeMakesItForgetAtOnce() {
		RedisCacheAside cache = kept("own");
		node.get(CacheInvalidations.class).evict("api", "own");
		assertThat(cache.near().find("own")).isNull();
	}

	@Test
	void messageOfAnotherLanguageIsUnderstood() {
		RedisCacheAside cache = kept("foreign");
		String message = "\u0001e" + "\0".repeat(8) + "\0".repeat(8) + "\0".repeat(8) + "\0\3api"
				+ "test:api:{sforeign}";
		redis.command("PUBLISH", "test:inv:writes", message);
		await().until(() -> cache.near().find("foreign") == null);
	}

	@Test
	void messageThatIsNotUnderstoodMakesNodesForgetEverything() {
		RedisCacheAside cache = kept("unknown");
		redis.command("PUBLISH", "test:inv:writes", "of another format");
		await().until(() -> cache.near().find("unknown") == null);
	}

	@Test
	void listenersAndEventsTellOfTheWritesOfOtherNodes() {
		other.cache("told").put("key", "value");
		Listeners listeners = node.get(Listeners.class);
		await().until(() -> listeners.heard.stream().anyMatch(InvalidationApiIntegrationTests::isTold));
		await().until(() -> listeners.events.stream().anyMatch(InvalidationApiIntegrationTests::isTold));
	}

	private static boolean isTold(CacheInvalidation invalidation) {
		return invalidation.operation() == WriteKind.PUT && invalidation.cache().equals("told")
				&& new String(invalidation.key(), StandardCharsets.UTF_8).equals("test:told:{skey}")
				&& invalidation.origin().sequence() > 0;
	}

	@Test
	void nodeWithoutNearCacheAndListenerDoesNotListen() {
		assertThat(Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter("redis-patterns-invalidation"::equals)).hasSize(1);
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final Queue<CacheInvalidation> heard = new ConcurrentLinkedQueue<>();

		private final Queue<CacheInvalidation> events = new ConcurrentLinkedQueue<>();

		@Bean
		CacheInvalidationListener recordingListener() {
			return this.heard::add;
		}

		@EventListener
		void on(CacheInvalidation invalidation) {
			this.events.add(invalidation);
		}

	}

}
