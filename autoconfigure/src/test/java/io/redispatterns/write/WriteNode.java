package io.redispatterns.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.redispatterns.Patience;
import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.WriteThroughCache;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.test.RedisTopology;

import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.awaitility.Awaitility.await;

/**
 * One node of an application that writes to a database that all its nodes share. The
 * advice of transactions is defined last.
 */
final class WriteNode implements AutoCloseable {

	static final Class<?>[] AUTO_CONFIGURATIONS = { DataRedisAutoConfiguration.class,
			RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class, CodecAutoConfiguration.class,
			CacheNodesAutoConfiguration.class, CachingAutoConfiguration.class, WriteAutoConfiguration.class };

	private static final Class<?>[] DATABASE = { AopAutoConfiguration.class, DataSourceAutoConfiguration.class,
			DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
			TransactionManagerCustomizationAutoConfiguration.class, TransactionAutoConfiguration.class };

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private WriteNode() {
	}

	/**
	 * Start a node that is patient with a slow machine, and wait for its connection.
	 */
	static WriteNode start(RedisTopology redis, String database, List<String> properties, Class<?>... beans) {
		List<String> all = new ArrayList<>(Patience.SETTINGS);
		all.add("spring.datasource.url=jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000");
		all.addAll(properties);
		return start(redis.springProperties(), all, Stream.of(beans, AUTO_CONFIGURATIONS, DATABASE));
	}

	/**
	 * Start a node without a database.
	 */
	static WriteNode start(RedisTopology redis, List<String> properties, Class<?>... beans) {
		return start(redis.springProperties(), properties, Stream.of(beans, AUTO_CONFIGURATIONS));
	}

	private static WriteNode start(Map<String, String> redis, List<String> properties, Stream<Class<?>[]> classes) {
		WriteNode node = new WriteNode();
		TestPropertyValues.of("redis.namespace=write", "redis.cache.nodes.silent-after=0")
			.and(redis)
			.and(properties.stream())
			.applyTo(node.context);
		node.context.register(classes.flatMap(Stream::of).toArray(Class<?>[]::new));
		node.context.refresh();
		RedisExecutor executor = node.get(RedisExecutor.class);
		await().ignoreExceptions().until(() -> executor.await(executor.time()) != null);
		return node;
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	WriteThroughCache cache(String name) {
		return (WriteThroughCache) Objects.requireNonNull(get(CacheManager.class).getCache(name));
	}

	JdbcTemplate jdbc() {
		return get(JdbcTemplate.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
