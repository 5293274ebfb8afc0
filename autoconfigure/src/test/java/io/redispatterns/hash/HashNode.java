package io.redispatterns.hash;

import java.util.Map;
import java.util.stream.Stream;

import io.redispatterns.Patience;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.stampede.StampedeAutoConfiguration;
import org.awaitility.Awaitility;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * One node of an application that has nothing but hashes, and a guard for their loads.
 */
final class HashNode implements AutoCloseable {

	static final Class<?>[] AUTO_CONFIGURATIONS = { DataRedisAutoConfiguration.class,
			RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class, CodecAutoConfiguration.class,
			StampedeAutoConfiguration.class, HashAutoConfiguration.class };

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private HashNode() {
	}

	/**
	 * Start a node, which is patient with a slow machine unless told otherwise.
	 */
	static HashNode start(Map<String, String> redis, String... properties) {
		HashNode node = new HashNode();
		TestPropertyValues.of("redis.namespace=test", "redis.stampede.guard=lease")
			.and(Patience.SETTINGS.stream())
			.and(redis)
			.and(Stream.of(properties))
			.applyTo(node.context);
		node.context.register(AUTO_CONFIGURATIONS);
		node.context.refresh();
		return node;
	}

	<T> HashStore<T> store(String name, Class<T> type) {
		return this.context.getBean(HashStores.class).of(name, type);
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	HashNode awaitConnection() {
		RedisExecutor redis = get(RedisExecutor.class);
		Awaitility.await().ignoreExceptions().until(() -> redis.await(redis.time()) > 0);
		return this;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
