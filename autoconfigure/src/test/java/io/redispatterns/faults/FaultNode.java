package io.redispatterns.faults;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.redispatterns.embedded.EmbeddedAutoConfiguration;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.awaitility.Awaitility.await;

/**
 * One node of an application: all auto-configurations with the defaults of production.
 */
final class FaultNode implements AutoCloseable {

	static final String NAMESPACE = "faults";

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private FaultNode() {
	}

	static FaultNode start(Map<String, String> redis, List<String> properties, Items items) {
		quiet();
		FaultNode node = new FaultNode();
		TestPropertyValues.of("redis.namespace=" + NAMESPACE).and(redis).and(properties.stream()).applyTo(node.context);
		node.context.registerBean(Items.class, () -> items);
		node.context.register(Application.class, LargeItems.class);
		node.context.refresh();
		Objects.requireNonNull(node.get(CacheManager.class).getCache(Items.CACHE));
		return node;
	}

	/**
	 * Libraries log each command at DEBUG, which is where tests have their loggers.
	 */
	private static void quiet() {
		LoggingSystem logging = LoggingSystem.get(FaultNode.class.getClassLoader());
		List.of("io.lettuce", "io.netty", "org.springframework", "redis.clients", "reactor")
			.forEach((name) -> logging.setLogLevel(name, LogLevel.WARN));
		logging.setLogLevel("io.redispatterns", LogLevel.INFO);
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	Items items() {
		return get(Items.class);
	}

	/**
	 * Wait for the connection: until there is one, callers do without Redis.
	 */
	FaultNode connected() {
		Cache cache = Objects.requireNonNull(get(CacheManager.class).getCache(LargeItems.CACHE));
		await().until(() -> {
			cache.put(0, "connected");
			return cache.get(0) != null;
		});
		return this;
	}

	/**
	 * The count of a meter of a cache, over all its other tags.
	 */
	long count(String cache, String meter, String... tags) {
		return (long) get(MeterRegistry.class).find(meter)
			.tag("cache", cache)
			.tags(tags)
			.functionCounters()
			.stream()
			.mapToDouble(FunctionCounter::count)
			.sum();
	}

	long hits() {
		return count(Items.CACHE, "cache.gets", "result", "hit");
	}

	boolean open() {
		return get(MeterRegistry.class).find("redis.resilience.breakers.open")
			.gauges()
			.stream()
			.anyMatch((gauge) -> gauge.value() > 0);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { EmbeddedAutoConfiguration.class, DataSourceAutoConfiguration.class })
	static class Application {

	}

}
