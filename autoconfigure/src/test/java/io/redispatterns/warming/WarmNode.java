package io.redispatterns.warming;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.stampede.sync.AutoSyncAutoConfiguration;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One node of an application that warms its caches.
 *
 * @param context the running application
 * @param warmUps what it warms
 */
record WarmNode(ConfigurableApplicationContext context, WarmUps warmUps) implements AutoCloseable {

	/**
	 * Start a node, of an application that a test has for itself by its namespace.
	 */
	static WarmNode start(Map<String, String> redis, List<String> properties, Class<?>... configurations) {
		Stream<String> settings = properties.stream();
		Stream<String> connection = redis.entrySet().stream().map(Object::toString);
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).sources(configurations)
			.web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.run(Stream.concat(settings, connection).map((property) -> "--" + property).toArray(String[]::new));
		return new WarmNode(context, context.getBean(WarmUps.class));
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	Cache cache(String name) {
		return Objects.requireNonNull(get(CacheManager.class).getCache(name));
	}

	long runs(String cache) {
		return Objects.requireNonNull(this.warmUps.tallies().get(cache)).runs();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
			ResilienceAutoConfiguration.class, CodecAutoConfiguration.class, CacheNodesAutoConfiguration.class,
			CachingAutoConfiguration.class, AutoSyncAutoConfiguration.class, WarmingAutoConfiguration.class,
			ApplicationAvailabilityAutoConfiguration.class })
	static class Application {

	}

}
