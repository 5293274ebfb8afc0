package io.redispatterns.write.behind;

import java.util.Map;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.redispatterns.Patience;
import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.many.CacheableManyAutoConfiguration;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.write.behind.queue.QueueDepth;
import org.awaitility.Awaitility;

import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * One node of a shop.
 */
final class ShopNode implements AutoCloseable {

	static final Class<?>[] AUTO_CONFIGURATIONS = { AopAutoConfiguration.class, DataRedisAutoConfiguration.class,
			RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class, CodecAutoConfiguration.class,
			CacheNodesAutoConfiguration.class, CachingAutoConfiguration.class, CacheableManyAutoConfiguration.class,
			WriteBehindAutoConfiguration.class };

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final PriceShop shop;

	private ShopNode(PriceShop shop) {
		this.shop = shop;
	}

	static String namespace() {
		return "shop-" + UUID.randomUUID();
	}

	/**
	 * Start a node that is patient with a slow machine.
	 */
	static ShopNode start(String namespace, Map<String, String> redis, PriceShop shop, String... properties) {
		ShopNode node = new ShopNode(shop);
		TestPropertyValues
			.of("redis.namespace=" + namespace, "redis.write.behind.prices.interval=20ms",
					"redis.write.behind.prices.lease=1s")
			.and(Patience.SETTINGS.stream())
			.and(redis)
			.and(properties)
			.applyTo(node.context);
		node.context.registerBean("shop", PriceShop.class, () -> shop);
		node.context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
		node.context.register(AUTO_CONFIGURATIONS);
		node.context.refresh();
		RedisExecutor executor = node.get(RedisExecutor.class);
		Awaitility.await().ignoreExceptions().until(() -> executor.await(executor.time()) > 0);
		return node;
	}

	/**
	 * The shop as its callers see it.
	 */
	PriceShop calls() {
		return this.context.getBean(PriceShop.class);
	}

	/**
	 * The shop behind its proxy.
	 */
	PriceShop shop() {
		return this.shop;
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	QueueDepth depth() {
		return get(Queues.class).queue("prices").queue().reads().depth();
	}

	void awaitFlush() {
		Awaitility.await().until(() -> depth().changes() == 0);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
