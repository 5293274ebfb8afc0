package io.redispatterns.advisor;

import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.support.NoOpCacheManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AdvisorAutoConfiguration}.
 */
class AdvisorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, CodecAutoConfiguration.class, CacheNodesAutoConfiguration.class,
				CachingAutoConfiguration.class, AdvisorAutoConfiguration.class))
		.withPropertyValues("redis.namespace=test", "spring.data.redis.port=1",
				"management.endpoints.web.exposure.include=redispatterns");

	@Test
	void isThereWhereItIsExposed() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(PatternsEndpoint.class));
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(PatternsEndpoint.class));
	}

	@Test
	void backsOffWhereItIsTurnedOff() {
		this.runner.withPropertyValues("redis.advisor.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PatternsEndpoint.class));
	}

	@Test
	void backsOffWithoutTheActuator() {
		this.runner.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PatternsEndpoint.class));
	}

	@Test
	void backsOffWhereTheCachesAreNotOfThisStarter() {
		this.runner.withBean(CacheManager.class, NoOpCacheManager::new)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PatternsEndpoint.class));
	}

	@Test
	void backsOffFromAnEndpointOfTheApplication() {
		this.runner.withBean("own", PatternsEndpoint.class, () -> new PatternsEndpoint(null, null, 0))
			.run((context) -> assertThat(context).hasSingleBean(PatternsEndpoint.class).hasBean("own"));
	}

}
