package io.redispatterns.cache;

import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class CachesBeforePersistenceUnitsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("spring.application.name=shop")
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, CodecAutoConfiguration.class, CacheNodesAutoConfiguration.class,
				CachingAutoConfiguration.class, CacheAutoConfiguration.class));

	@Test
	void makesAnEntityManagerFactoryWaitForTheCacheManager() {
		this.runner.withBean("unit", EntityManagerFactory.class, () -> mock(EntityManagerFactory.class))
			.run((context) -> {
				assertThat(context).getBean("cacheManager").isInstanceOf(RedisCacheAsideManager.class);
				assertThat(context.getBeanFactory().getBeanDefinition("unit").getDependsOn())
					.containsExactly("cacheManager");
			});
	}

	@Test
	void startsWithoutPersistence() {
		this.runner.withClassLoader(new FilteredClassLoader("jakarta.persistence", "org.springframework.boot.jpa"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(RedisCacheAsideManager.class));
		this.runner.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(RedisCacheAsideManager.class));
	}

}
