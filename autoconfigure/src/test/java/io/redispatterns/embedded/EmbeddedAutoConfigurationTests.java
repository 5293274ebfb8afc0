package io.redispatterns.embedded;

import org.junit.jupiter.api.Test;
import redis.embedded.core.ExecutableProvider;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class EmbeddedAutoConfigurationTests {

	private final ApplicationContextRunner eager = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedAutoConfiguration.class));

	// No server is started
	private final ApplicationContextRunner runner = this.eager.withInitializer(
			(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()));

	@Test
	void appliesDefaults() {
		this.runner.run((context) -> {
			assertThat(context).getBeanNames(DataRedisConnectionDetails.class).containsExactly("embeddedRedis");
			assertThat(context.getBean(EmbeddedProperties.class))
				.isEqualTo(new EmbeddedProperties(true, 0, DataSize.ofMegabytes(128)));
		});
	}

	@Test
	void bindsProperties() {
		this.runner.withPropertyValues("redis.embedded.port=6399", "redis.embedded.max-memory=16MB")
			.run((context) -> assertThat(context.getBean(EmbeddedProperties.class))
				.isEqualTo(new EmbeddedProperties(true, 6399, DataSize.ofMegabytes(16))));
	}

	@Test
	void backsOffWithoutRedis() {
		this.runner.withClassLoader(new FilteredClassLoader(RedisOperations.class))
			.run((context) -> assertThat(context).doesNotHaveBean(EmbeddedRedis.class));
	}

	@Test
	void backsOffWithoutEmbeddedRedis() {
		this.runner.withClassLoader(new FilteredClassLoader(ExecutableProvider.class))
			.run((context) -> assertThat(context).doesNotHaveBean(EmbeddedRedis.class));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.embedded.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(EmbeddedRedis.class));
	}

	@Test
	void backsOffWhenConnectionIsConfigured() {
		for (String property : new String[] { "url=redis://localhost", "host=localhost", "port=6379", "password=secret",
				"username=app", "ssl.enabled=true", "sentinel.master=main", "sentinel.nodes=a:1", "cluster.nodes=a:1",
				"cluster.nodes[0]=a:1", "masterreplica.nodes=a:1" }) {
			this.runner.withPropertyValues("spring.data.redis." + property)
				.run((context) -> assertThat(context).as(property).doesNotHaveBean(EmbeddedRedis.class));
		}
	}

	@Test
	void staysWhenOtherRedisPropertiesAreSet() {
		this.runner
			.withPropertyValues("spring.data.redis.timeout=1s", "spring.data.redis.database=2",
					"spring.data.redis.lettuce.pool.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(EmbeddedRedis.class));
	}

	@Test
	void backsOffWhenUserDefinesConnectionDetails() {
		this.runner.withBean("mine", DataRedisConnectionDetails.class, () -> mock(DataRedisConnectionDetails.class))
			.run((context) -> assertThat(context).doesNotHaveBean(EmbeddedRedis.class));
	}

	@Test
	void backsOffWhenUserDefinesConnectionFactory() {
		this.runner.withBean("mine", RedisConnectionFactory.class, () -> mock(RedisConnectionFactory.class))
			.run((context) -> assertThat(context).doesNotHaveBean(EmbeddedRedis.class));
	}

	@Test
	void failsWithPortWhenInvalid() {
		this.eager.withPropertyValues("redis.embedded.port=70000")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("'redis.embedded.port' must be between 0 and 65535 but was 70000"));
	}

	@Test
	void failsWithMaxMemoryWhenInvalid() {
		this.eager.withPropertyValues("redis.embedded.max-memory=1KB")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("'redis.embedded.max-memory' must be at least 4MB but was 1024B"));
	}

}
