package io.redispatterns.invalidation;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.near.InvalidationBus;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.invalidation.link.LinkAutoConfiguration;
import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;

class InvalidationAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("redis.namespace=test")
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, LinkAutoConfiguration.class, InvalidationAutoConfiguration.class));

	private final ApplicationContextRunner cached = this.runner.withConfiguration(AutoConfigurations
		.of(CodecAutoConfiguration.class, CacheNodesAutoConfiguration.class, CachingAutoConfiguration.class));

	@Test
	void backsOffWithoutRedis() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LinkAutoConfiguration.class, InvalidationAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(InvalidationBus.class));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.invalidation.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(InvalidationBus.class)
				.doesNotHaveBean(InvalidationMetrics.class));
	}

	@Test
	void backsOffWhenUserDefinesABus() {
		this.runner.withBean(InvalidationBus.class, () -> InvalidationBus.NONE)
			.run((context) -> assertThat(context).hasSingleBean(InvalidationBus.class)
				.doesNotHaveBean(CacheInvalidations.class));
	}

	@Test
	void appliesDefaults() {
		this.runner.run((context) -> {
			InvalidationProperties properties = context.getBean(InvalidationProperties.class);
			assertThat(properties).isEqualTo(new InvalidationProperties(true, Duration.ofSeconds(2), false));
			assertThat(context).hasSingleBean(CacheInvalidations.class);
		});
	}

	@Test
	void bindsProperties() {
		this.runner.withPropertyValues("redis.invalidation.max-silence=3s", "redis.invalidation.events=true")
			.run((context) -> assertThat(context.getBean(InvalidationProperties.class))
				.isEqualTo(new InvalidationProperties(true, Duration.ofSeconds(3), true)));
	}

	@Test
	void failsWithKeyWhenMaxSilenceIsInvalid() {
		this.runner.withPropertyValues("redis.invalidation.max-silence=100ms")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining("max-silence"));
	}

	@Test
	void failsWithKeyWhenNearMaxSizeIsInvalid() {
		this.cached.withPropertyValues("redis.cache.caches.tracks.near.max-size=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining("max-size"));
	}

	@Test
	void failsWithKeyWhenACacheIsNearAndNobodyTellsOfWrites() {
		this.cached
			.withPropertyValues("redis.cache.caches.tracks.near.enabled=true", "redis.invalidation.enabled=false")
			.run((context) -> assertThat(context).getFailure()
				.extracting(NestedExceptionUtils::getMostSpecificCause, InstanceOfAssertFactories.THROWABLE)
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining("redis.cache.caches.tracks.near.enabled"));
	}

	@Test
	void listensToNothingWhenNothingUsesIt() {
		this.cached.run((context) -> assertThat(context.getBean(Listening.class).isRunning()).isFalse());
	}

	@Test
	void listensWhenThereIsAListener() {
		this.runner.withBean(CacheInvalidationListener.class, () -> (invalidation) -> {
		}).run((context) -> assertThat(context.getBean(Listening.class).isListening()).isTrue());
	}

	@Test
	void definesMeters() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(InvalidationMetrics.class).bindTo(registry);
			assertThat(registry.get("redis.invalidation.trusted").gauge().value()).isZero();
			assertThat(registry.get("redis.invalidation.events").tag("event", "gap").functionCounter().count())
				.isZero();
			assertThat(registry.get("redis.invalidation.lag").functionTimer().count()).isZero();
		});
	}

	@Test
	void worksWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(InvalidationBus.class));
	}

}
