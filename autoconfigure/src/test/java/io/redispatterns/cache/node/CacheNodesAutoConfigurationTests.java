package io.redispatterns.cache.node;

import java.time.Duration;
import java.util.Set;

import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class CacheNodesAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, CacheNodesAutoConfiguration.class));

	@Test
	void backsOffWithoutRedis() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(CacheNodesAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CacheNodes.class));
	}

	@Test
	void backsOffWhenUserDefinesCacheNodes() {
		this.runner.withUserConfiguration(Mine.class)
			.run((context) -> assertThat(context).getBeanNames(CacheNodes.class).containsExactly("mine"));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.cache.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CacheNodes.class));
	}

	@Test
	void appliesDefaults() {
		this.runner.run((context) -> assertThat(context.getBean(CacheNodesProperties.class))
			.isEqualTo(new CacheNodesProperties(Duration.ofMillis(1250), Duration.ofSeconds(30))));
	}

	@Test
	void bindsProperties() {
		this.runner.withPropertyValues("redis.cache.nodes.silent-after=0", "redis.cache.nodes.dead-after=1m")
			.run((context) -> assertThat(context.getBean(CacheNodesProperties.class))
				.isEqualTo(new CacheNodesProperties(Duration.ZERO, Duration.ofMinutes(1))));
	}

	@ParameterizedTest
	@CsvSource({ "silent-after, 499ms, 'be at least 500ms, or 0'", "silent-after, -1s, 'be at least 500ms, or 0'",
			"dead-after, 1s, be longer than 'silent-after'" })
	void failsWithSettingWhenInvalid(String property, String value, String reason) {
		this.runner.withPropertyValues("redis.cache.nodes." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining("'%s' must %s", property, reason));
	}

	@Test
	void startsNoThreadUnasked() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.runner.run((context) -> assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> !before.contains(thread))
			.extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("redis-patterns")));
	}

	@Configuration(proxyBeanMethods = false)
	static class Mine {

		@Bean
		CacheNodes mine(RedisExecutor redis, KeySpace keySpace, NodeId id, CacheNodesProperties properties) {
			return new CacheNodes(redis, keySpace, id, properties);
		}

	}

}
