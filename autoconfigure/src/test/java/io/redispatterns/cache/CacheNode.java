package io.redispatterns.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.redispatterns.Patience;
import io.redispatterns.cache.entry.EntryStatistics.Event;
import io.redispatterns.cache.many.CacheableManyAutoConfiguration;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.invalidation.InvalidationAutoConfiguration;
import io.redispatterns.invalidation.link.LinkAutoConfiguration;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.test.RedisTopology;
import org.awaitility.Awaitility;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * One node of an application that has nothing but caches.
 */
final class CacheNode implements AutoCloseable {

	static final Class<?>[] AUTO_CONFIGURATIONS = { DataRedisAutoConfiguration.class,
			RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class, CodecAutoConfiguration.class,
			CacheNodesAutoConfiguration.class, LinkAutoConfiguration.class, InvalidationAutoConfiguration.class,
			CachingAutoConfiguration.class, CacheableManyAutoConfiguration.class };

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private CacheNode() {
	}

	/**
	 * Start a node that is patient with a slow machine.
	 */
	static CacheNode start(RedisTopology redis, List<String> properties, Class<?>... configurations) {
		List<String> all = new ArrayList<>(Patience.SETTINGS);
		all.addAll(properties);
		return start(redis.springProperties(), all, configurations);
	}

	static CacheNode start(Map<String, String> redis, List<String> properties, Class<?>... configurations) {
		CacheNode node = new CacheNode();
		TestPropertyValues.of("redis.namespace=test").and(redis).and(properties.stream()).applyTo(node.context);
		node.context.register(Stream.of(configurations, AUTO_CONFIGURATIONS).flatMap(Stream::of).toArray(Class[]::new));
		node.context.refresh();
		return node;
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	Cache cache(String name) {
		return Objects.requireNonNull(get(CacheManager.class).getCache(name));
	}

	/**
	 * Wait until the node has its connection: what it writes before that is lost on a
	 * machine that is slow to make one.
	 */
	void awaitConnection() {
		RedisCacheAside cache = (RedisCacheAside) cache("connection");
		Awaitility.await().until(() -> {
			cache.put("any", "value");
			return cache.statistics().of(Event.PUT) > 0;
		});
	}

	@Override
	public void close() {
		this.context.close();
	}

}
