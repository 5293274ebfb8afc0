package io.redispatterns.redis.resilience;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import org.awaitility.Awaitility;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A running application that has nothing but the kernel.
 */
final class Kernel implements AutoCloseable {

	static final LuaScript<Long> SET = LuaScript.returningNumber(Kernel.class, "set.lua");

	private final ConfigurableApplicationContext context;

	private Kernel(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static Kernel start(Map<String, String> connection, String client, String... properties) {
		List<String> arguments = new ArrayList<>(
				List.of("--redis.namespace=kernel", "--spring.data.redis.client-type=" + client));
		connection.forEach((name, value) -> arguments.add("--" + name + "=" + value));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		return new Kernel(new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.run(arguments.toArray(String[]::new)));
	}

	RedisExecutor redis() {
		return bean(RedisExecutor.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Store a value.
	 * @param timeToLive lifetime in milliseconds
	 */
	static CompletableFuture<Long> set(RedisExecutor redis, byte[] key, byte[] value, long timeToLive) {
		return redis.run(SET, new byte[][] { key }, value, Long.toString(timeToLive).getBytes(StandardCharsets.UTF_8));
	}

	void awaitAnswer() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.ignoreExceptionsInstanceOf(RedisFailureException.class)
			.until(() -> redis().await(redis().time()) > 0);
	}

	@Override
	public void close() {
		this.context.close();
	}

	static long connectThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("redis-patterns-connect"))
			.count();
	}

	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
			ResilienceAutoConfiguration.class })
	static class Application {

	}

}
