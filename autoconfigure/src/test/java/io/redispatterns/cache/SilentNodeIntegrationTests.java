package io.redispatterns.cache;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.redispatterns.Patience;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.test.proxy.FaultProxy;
import org.junit.jupiter.api.Test;

import org.springframework.cache.Cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two nodes, one of which is cut off from Redis and goes on writing to its database.
 */
class SilentNodeIntegrationTests {

	private static final String NODES = "test:node:{caches}";

	private final AtomicInteger database = new AtomicInteger(1);

	@Test
	void servesNothingThatASilentNodeHasOverwritten(@Redis StandaloneRedis redis) {
		FaultProxy link = redis.server().newProxy();
		Map<String, String> linked = Map.of("spring.data.redis.host", link.host(), "spring.data.redis.port",
				String.valueOf(link.port()));
		try (CacheNode cut = CacheNode.start(linked, List.of()); CacheNode other = start(redis)) {
			assertThat(read(cut)).isEqualTo(1);
			assertThat(read(other)).isEqualTo(1);
			awaitNodes(redis, 2);
			link.stopReading();
			this.database.set(2);
			cut.cache("shared").evict("key");
			await().atMost(Duration.ofSeconds(10)).until(() -> read(other), (value) -> value == 2);
			this.database.set(3);
			cut.cache("shared").evict("key");
			await().atMost(Duration.ofSeconds(10)).until(() -> read(other), (value) -> value == 3);
			link.heal();
			awaitHits(other);
			awaitHits(cut);
			assertThat(read(other)).isEqualTo(3);
		}
	}

	@Test
	void goesOnWhenANodeLeaves(@Redis StandaloneRedis redis) {
		try (CacheNode staying = start(redis)) {
			try (CacheNode leaving = start(redis)) {
				awaitHits(leaving);
				awaitNodes(redis, 2);
			}
			awaitNodes(redis, 1);
			awaitHits(staying);
		}
		awaitNodes(redis, 0);
	}

	@Test
	void forgetsANodeThatIsDead(@Redis StandaloneRedis redis) {
		redis.command("ZADD", NODES, String.valueOf(System.currentTimeMillis() - 1000), "dead");
		try (CacheNode node = CacheNode.start(redis,
				List.of("redis.cache.nodes.silent-after=1250ms", "redis.cache.nodes.dead-after=3s"))) {
			node.cache("shared").put("key", 0);
			await().until(() -> node.cache("shared").get("key") == null);
			awaitHits(node);
			awaitNodes(redis, 1);
		}
	}

	@Test
	void trustsSilentNodesWhereToldTo(@Redis StandaloneRedis redis) {
		redis.command("ZADD", NODES, "1", "silent");
		try (CacheNode node = CacheNode.start(redis, List.of("redis.cache.nodes.silent-after=0"))) {
			awaitHits(node);
			awaitNodes(redis, 1);
		}
	}

	private static CacheNode start(StandaloneRedis redis) {
		CacheNode node = CacheNode.start(redis, Patience.NONE);
		// A node without a cache is none of those that share them
		node.cache("shared");
		return node;
	}

	private int read(CacheNode node) {
		return node.cache("shared").get("key", this.database::get);
	}

	/**
	 * Waits until a value comes from Redis: stand-ins live for a second.
	 */
	private static void awaitHits(CacheNode node) {
		Cache cache = node.cache("hits");
		await().atMost(Duration.ofSeconds(10)).until(() -> {
			int now = (int) (System.nanoTime() & 0xFFFF);
			cache.put("key", now);
			return cache.get("key", () -> -1) == now && ((RedisCacheAside) cache).statistics().of(Event.HIT) > 0;
		});
	}

	private static void awaitNodes(StandaloneRedis redis, long number) {
		await().atMost(Duration.ofSeconds(10))
			.until(() -> redis.command("ZCARD", NODES), (nodes) -> nodes.equals(number));
	}

}
