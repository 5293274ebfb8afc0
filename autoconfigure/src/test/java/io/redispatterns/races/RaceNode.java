package io.redispatterns.races;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.redispatterns.embedded.EmbeddedAutoConfiguration;
import io.redispatterns.races.Event.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.awaitility.Awaitility.await;

/**
 * One node of an application with tracks in a database and in a cache.
 */
final class RaceNode implements AutoCloseable {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final int number;

	private final Consumer<Event> history;

	RaceNode(int number, RaceSettings settings, long seed, Consumer<Event> history) {
		quiet();
		this.number = number;
		this.history = history;
		TestPropertyValues.of(settings.properties()).applyTo(this.context);
		Pauses pauses = new Pauses(new Random(seed), settings.patient());
		this.context.registerBean(TrackTable.class,
				() -> new TrackTable(this.context.getBean(JdbcClient.class), pauses, number, history));
		this.context.register(Application.class);
		if (settings.naive()) {
			this.context.register(NaiveCache.class);
		}
		this.context.refresh();
		warmUp(get(CacheManager.class).getCache("warm-up"));
	}

	/**
	 * A node that has no connection yet is one without Redis.
	 */
	private static void warmUp(@Nullable Cache cache) {
		Objects.requireNonNull(cache);
		await().until(() -> {
			cache.put("key", "value");
			return cache.get("key") != null;
		});
	}

	private static void quiet() {
		LoggingSystem logging = LoggingSystem.get(RaceNode.class.getClassLoader());
		List.of("ROOT", "io.lettuce", "io.netty", "io.redispatterns", "org.springframework", "reactor")
			.forEach((name) -> logging.setLogLevel(name, LogLevel.WARN));
	}

	int number() {
		return this.number;
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * The count of a meter, over all its tags.
	 */
	long count(String meter) {
		return (long) get(MeterRegistry.class).find(meter)
			.functionCounters()
			.stream()
			.mapToDouble(FunctionCounter::count)
			.sum();
	}

	/**
	 * Read every track as callers do.
	 */
	void look() {
		for (int id = 0; id < TrackDatabase.KEYS; id++) {
			long begin = System.nanoTime();
			Track track = get(TrackReader.class).findOnce(id);
			this.history.accept(Event.of(Kind.LAST_READ, this.number, track, begin, System.nanoTime()));
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = EmbeddedAutoConfiguration.class)
	static class Application {

		@Bean(destroyMethod = "shutdownNow")
		ExecutorService loaders() {
			return Executors.newFixedThreadPool(4, (task) -> {
				Thread thread = new Thread(task, "race-loader");
				thread.setDaemon(true);
				return thread;
			});
		}

		@Bean
		TrackReader trackReader(TrackTable table, Executor loaders) {
			return new TrackReader(table, loaders);
		}

		@Bean
		TrackEvictions trackEvictions(ObjectProvider<TrackWriter> writer) {
			return new TrackEvictions(writer);
		}

		@Bean
		TrackWriter trackWriter(TrackTable table, TrackReader reader, TrackEvictions evictions) {
			return new TrackWriter(table, reader, evictions);
		}

	}

	/**
	 * What Spring Boot makes of a connection to Redis.
	 */
	@EnableCaching
	@Configuration(proxyBeanMethods = false)
	static class NaiveCache {

		@Bean
		CacheManager cacheManager(RedisConnectionFactory redis) {
			return RedisCacheManager.create(redis);
		}

	}

}
