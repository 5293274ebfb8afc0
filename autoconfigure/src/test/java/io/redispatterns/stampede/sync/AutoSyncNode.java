package io.redispatterns.stampede.sync;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.Patience;
import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.test.StandaloneRedis;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.awaitility.Awaitility.await;

/**
 * One node of an application whose {@code @Cacheable} methods are guarded, and many who
 * call them at once.
 */
final class AutoSyncNode implements AutoCloseable {

	static final int CALLERS = 64;

	static final Class<?>[] AUTO_CONFIGURATIONS = { DataRedisAutoConfiguration.class,
			RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class, CodecAutoConfiguration.class,
			CacheNodesAutoConfiguration.class, CachingAutoConfiguration.class, AutoSyncAutoConfiguration.class };

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private AutoSyncNode() {
	}

	/**
	 * Start a node, and wait for its connection.
	 */
	static AutoSyncNode start(StandaloneRedis redis, List<String> properties, Class<?>... configurations) {
		AutoSyncNode node = new AutoSyncNode();
		TestPropertyValues.of("redis.namespace=test")
			.and(Patience.SETTINGS.stream())
			.and(redis.springProperties())
			.and(properties.stream())
			.applyTo(node.context);
		node.context.register(Stream.of(configurations, AUTO_CONFIGURATIONS).flatMap(Stream::of).toArray(Class[]::new));
		node.context.refresh();
		RedisExecutor executor = node.get(RedisExecutor.class);
		await().ignoreExceptions().until(() -> executor.await(executor.time()) != null);
		return node;
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Call from many threads at the same moment.
	 * @return what each of them got
	 */
	static <T> List<CompletableFuture<T>> herd(Supplier<T> call) {
		CyclicBarrier start = new CyclicBarrier(CALLERS);
		return IntStream.range(0, CALLERS).mapToObj((caller) -> CompletableFuture.supplyAsync(() -> {
			try {
				start.await(20, TimeUnit.SECONDS);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
			return call.get();
		}, (task) -> new Thread(task).start())).toList();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
