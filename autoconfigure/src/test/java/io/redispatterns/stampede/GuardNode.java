package io.redispatterns.stampede;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.cache.lease.StampedeGuard.Admission;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import org.awaitility.Awaitility;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * One node of an application that has nothing but a guard and caches.
 */
final class GuardNode implements AutoCloseable {

	static final Class<?>[] AUTO_CONFIGURATIONS = { DataRedisAutoConfiguration.class,
			RedisPatternsAutoConfiguration.class, ResilienceAutoConfiguration.class, CodecAutoConfiguration.class,
			CacheNodesAutoConfiguration.class, StampedeAutoConfiguration.class, CachingAutoConfiguration.class };

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private GuardNode() {
	}

	static GuardNode start(Map<String, String> redis, String guard, String... properties) {
		GuardNode node = new GuardNode();
		TestPropertyValues.of("redis.namespace=guarded", "redis.stampede.guard=" + guard)
			.and(redis)
			.and(Stream.of(properties))
			.applyTo(node.context);
		node.context.register(AUTO_CONFIGURATIONS);
		node.context.refresh();
		return node;
	}

	RedisExecutor redis() {
		return get(RedisExecutor.class);
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	StampedeGuard guard() {
		return get(StampedeGuard.class);
	}

	Cache cache(String name) {
		return Objects.requireNonNull(get(CacheManager.class).getCache(name));
	}

	LeasedEntry entry(String name) {
		return new LeasedEntry(redis(), name, guard().leaseTime());
	}

	/**
	 * Miss an entry until the guard has all it needs.
	 */
	GuardNode warm() {
		List<RedissonLocks> locks = this.context.getBeanProvider(RedissonLocks.class).stream().toList();
		LeasedEntry entry = entry("warm");
		Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
			Admission admission = guard().enter(entry).join();
			entry.abandon(admission.lease());
			admission.leave().run();
			return locks.stream().allMatch(RedissonLocks::isReady);
		});
		return this;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
