package io.redispatterns.hash;

import java.time.Duration;
import java.util.Map;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.hash.HashProperties.FenceFailure;
import io.redispatterns.hash.HashProperties.Transaction;
import io.redispatterns.hash.script.HashStatistics.Event;
import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

class HashAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("redis.namespace=test")
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, CodecAutoConfiguration.class, HashAutoConfiguration.class));

	@Test
	void backsOffWithoutRedis() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(HashAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HashStores.class));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.hash.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(HashStores.class)
				.doesNotHaveBean(HashMetrics.class));
	}

	@Test
	void backsOffWhenUserDefinesHashStores() {
		this.runner.withBean("mine", HashStores.class, () -> mock(HashStores.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.getBeanNames(HashStores.class)
				.containsExactly("mine"));
	}

	@Test
	void appliesDefaults() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(HashStores.class).hasSingleBean(HashMetrics.class);
			assertThat(context.getBean(HashProperties.class)).isEqualTo(new HashProperties(true, Duration.ofMinutes(10),
					Map.of(), DataSize.ofMegabytes(1), Transaction.FENCE, FenceFailure.PROCEED));
		});
	}

	@Test
	void bindsProperties() {
		this.runner
			.withPropertyValues("redis.hash.time-to-live=5m", "redis.hash.time-to-lives.tracks=1h",
					"redis.hash.max-value-size=64KB", "redis.hash.transaction=none", "redis.hash.on-fence-failure=fail")
			.run((context) -> {
				HashProperties properties = context.getBean(HashProperties.class);
				assertThat(properties)
					.isEqualTo(new HashProperties(true, Duration.ofMinutes(5), Map.of("tracks", Duration.ofHours(1)),
							DataSize.ofKilobytes(64), Transaction.NONE, FenceFailure.FAIL));
				assertThat(properties.timeToLive("tracks")).isEqualTo(Duration.ofHours(1));
				assertThat(properties.timeToLive("other")).isEqualTo(Duration.ofMinutes(5));
			});
	}

	@Test
	void needsNoMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(HashStores.class));
	}

	@ParameterizedTest
	@CsvSource({ "time-to-live, 0, be at least 1ms", "time-to-live, -1s, be at least 1ms",
			"time-to-lives.tracks, 0, be at least 1ms", "max-value-size, 0, be greater than zero",
			"max-value-size, 2GB, below 2GB" })
	void failsWithSettingWhenInvalid(String property, String value, String reason) {
		this.runner.withPropertyValues("redis.hash." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining("'%s'", property)
				.hasMessageContaining(reason));
	}

	@ParameterizedTest
	@ValueSource(classes = { String.class, int.class, Object.class, Map.class, Runnable.class, Event.class,
			Track[].class, Nothing.class })
	void failsWithClassWithoutPropertiesWhenAskedForAStore(Class<?> type) {
		this.runner.run((context) -> assertThatExceptionOfType(ValueCodecException.class)
			.isThrownBy(() -> context.getBean(HashStores.class).of("tracks", type))
			.withMessageContaining("hash store 'tracks'")
			.withMessageContaining(type.getName()));
	}

	@Test
	void metersStoresThatAreMadeBeforeAndAfterTheRegistry() {
		this.runner.withBean(SimpleMeterRegistry.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			HashStores stores = context.getBean(HashStores.class);
			HashStore<Track> early = stores.of("early", Track.class);
			context.getBean(HashMetrics.class).bindTo(registry);
			stores.of("late", Track.class);
			((RedisHashStore<?>) early).statistics().count(Event.HIT);
			assertThat(registry.get("redis.hash.reads").functionCounters()).hasSize(6)
				.filteredOn((counter) -> counter.count() == 1)
				.extracting((counter) -> counter.getId().getTag("name") + " " + counter.getId().getTag("outcome"))
				.containsExactly("early hit");
			assertThat(registry.get("redis.hash.loads").functionCounters()).hasSize(6);
			assertThat(registry.get("redis.hash.unreadable").tag("name", "late").functionCounters())
				.extracting(FunctionCounter::count)
				.containsExactly(0.0);
		});
	}

	record Nothing() {

	}

}
