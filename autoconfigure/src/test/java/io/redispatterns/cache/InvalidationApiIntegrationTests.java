package io.redispatterns.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.redispatterns.cache.near.WriteKind;
import io.redispatterns.invalidation.CacheInvalidation;
import io.redispatterns.invalidation.CacheInvalidationListener;
import io.redispatterns.invalidation.CacheInvalidations;
import io.redispatterns.redis.NodeId;
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
		node = CacheNode.start(redis, List.of("redis.cache.defaults.near.enabled=true",
				"redis.invalidation.events=true", "redis.cache.caches.tagged.tags=#this"), Listeners.class);
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
	void applicationOfAnotherNodeMakesThisOneForgetByTag() {
		RedisCacheAside cache = (RedisCacheAside) node.cache("tagged");
		List.of("red", "blue").forEach((value) -> {
			cache.put(value, value);
			cache.get(value);
			assertThat(cache.near().find(value)).isEqualTo(value);
		});
		other.get(CacheInvalidations.class).evictTag("tagged", "red");
		await().until(() -> cache.near().find("red") == null);
		assertThat(cache.near().find("blue")).isEqualTo("blue");
	}

	@Test
	void applicationOfThisNodeMakesItForgetAtOnce() {
		RedisCacheAside cache = kept("own");
		node.get(CacheInvalidations.class).evict("api", "own");
		assertThat(cache.near().find("own")).isNull();
	}

	@Test
	void messageOfAnotherLanguageIsUnderstoodAsItIsDocumented() throws IOException {
		RedisCacheAside cache = kept("foreign");
		kept("others");
		redis.command("PUBLISH", "test:inv:writes", documented("api", "test:api:{sforeign}"));
		await().until(() -> cache.near().find("foreign") == null);
		assertThat(cache.near().find("others")).isEqualTo("value");
	}

	/**
	 * A message as the line of Python in the documentation packs it.
	 */
	private static String documented(String cache, String key) throws IOException {
		Matcher line = Pattern.compile("`struct\\.pack\\('>(\\w+)', (.+)\\) \\+ cache \\+ key`")
			.matcher(Files.readString(Path.of("..", "docs", "redis-data.md")));
		assertThat(line.find()).isTrue();
		String[] numbers = line.group(2).split(", ");
		assertThat(numbers).hasSize(line.group(1).length());
		StringBuilder message = new StringBuilder();
		for (int i = 0; i < numbers.length; i++) {
			long number = switch (numbers[i]) {
				case "ord('e')" -> 'e';
				case "random.getrandbits(64)" -> 0x0102030405060708L;
				case "len(cache)" -> cache.length();
				default -> Long.parseLong(numbers[i]);
			};
			for (int shift = 8 * (1 << "BHIQ".indexOf(line.group(1).charAt(i))) - 8; shift >= 0; shift -= 8) {
				message.append((char) ((number >>> shift) & 0xFF));
			}
		}
		return message + cache + key;
	}

	@Test
	void messageThatIsNotUnderstoodMakesNodesForgetEverything() {
		RedisCacheAside cache = kept("unknown");
		redis.command("PUBLISH", "test:inv:writes", "of another format");
		await().until(() -> cache.near().find("unknown") == null);
	}

	@Test
	void listenersAndEventsTellOfTheWritesOfOtherNodes() {
		Listeners listeners = node.get(Listeners.class);
		await().until(() -> {
			// Again, as the time of the server is not known at first
			other.cache("told").put("key", "value");
			return listeners.heard.stream().anyMatch(InvalidationApiIntegrationTests::isTold);
		});
		await().until(() -> listeners.events.stream().anyMatch(InvalidationApiIntegrationTests::isTold));
	}

	private static boolean isTold(CacheInvalidation invalidation) {
		return invalidation.operation() == WriteKind.PUT && invalidation.cache().equals("told")
				&& new String(invalidation.key(), StandardCharsets.UTF_8).equals("test:told:{skey}")
				&& invalidation.origin().sequence() > 0
				&& invalidation.origin().node().equals(other.get(NodeId.class).value())
				&& invalidation.origin().time() != null
				&& Duration.between(invalidation.origin().time(), Instant.now()).abs().toMinutes() < 1;
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
