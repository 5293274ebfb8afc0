package io.redispatterns.ratelimit.call;

import io.redispatterns.Patience;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class EvictionCheckIntegrationTests {

	@Test
	void warnsOnceOfAServerThatEvictsAnyKey(@Redis StandaloneRedis redis, CapturedOutput output) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of("redis.namespace=test")
				.and(Patience.SETTINGS.stream())
				.and(redis.springProperties())
				.applyTo(context);
			context.register(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
					ResilienceAutoConfiguration.class);
			context.refresh();
			RedisExecutor executor = context.getBean(RedisExecutor.class);
			Awaitility.await().ignoreExceptions().until(() -> executor.await(executor.time()) > 0);
			byte[] key = { 'k' };
			EvictionCheck unlimited = new EvictionCheck(executor);
			redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
			unlimited.begin(key);
			executor.await(executor.time());
			assertThat(output).doesNotContain("allkeys-lru");
			redis.command("CONFIG", "SET", "maxmemory", "100mb");
			EvictionCheck evicting = new EvictionCheck(executor);
			evicting.begin(key);
			evicting.begin(key);
			Awaitility.await().until(() -> output.getOut().contains("allkeys-lru"));
			executor.await(executor.time());
			assertThat(output.getOut().split("allkeys-lru", -1)).hasSize(2);
		}
	}

}
