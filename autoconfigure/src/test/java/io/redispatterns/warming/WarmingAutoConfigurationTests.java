package io.redispatterns.warming;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.warming.run.WarmPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.Cacheable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WarmingAutoConfiguration}.
 */
class WarmingAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, CodecAutoConfiguration.class, CacheNodesAutoConfiguration.class,
				CachingAutoConfiguration.class, WarmingAutoConfiguration.class))
		.withPropertyValues("redis.namespace=test", "spring.data.redis.port=1");

	@Test
	void backsOffWithoutRedis() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(WarmingAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WarmUps.class));
	}

	@Test
	void backsOffWithoutOurCaches() {
		this.runner.withPropertyValues("redis.cache.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WarmUps.class));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.warming.enabled=false")
			.withBean(NoParameterless.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WarmUps.class));
	}

	@Test
	void appliesDefaults() {
		this.runner.run((context) -> {
			assertThat(context.getBean(WarmingProperties.class))
				.isEqualTo(new WarmingProperties(true, 100, Duration.ofMinutes(10), false, Duration.ofMinutes(1)));
			assertThat(context).hasSingleBean(WarmUps.class).doesNotHaveBean(ApplicationRunner.class);
		});
	}

	@Test
	void bindsProperties() {
		this.runner
			.withPropertyValues("redis.warming.rate=5", "redis.warming.fresh-for=0",
					"redis.warming.readiness-gate=true", "redis.warming.timeout=3s")
			.run((context) -> {
				assertThat(context.getBean(WarmingProperties.class))
					.isEqualTo(new WarmingProperties(true, 5, Duration.ZERO, true, Duration.ofSeconds(3)));
				assertThat(context).hasSingleBean(ApplicationRunner.class);
			});
	}

	@ParameterizedTest
	@CsvSource({ "rate, 0, be greater than zero", "timeout, 0, be greater than zero",
			"fresh-for, -1s, not be negative" })
	void failsWithSettingWhenInvalid(String property, String value, String reason) {
		this.runner.withPropertyValues("redis.warming." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining("'%s' must %s", property, reason));
	}

	@Test
	void startsNoThreadWithoutAnApplicationThatIsReady() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.runner.withBean(Finder.class)
			.withBean(Plain.class)
			.run((context) -> assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> !before.contains(thread))
				.extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("redis-warming")));
	}

	@Test
	void bindsMeters() {
		this.runner.withBean(Finder.class).withBean(Plain.class).run((context) -> {
			MeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(WarmingMetrics.class).bindTo(registry);
			assertThat(registry.get("redis.warming.entries").tag("cache", "tracks").functionCounters())
				.extracting((counter) -> counter.getId().getTag("outcome"))
				.containsExactlyInAnyOrder("warmed", "failed");
			assertThat(registry.get("redis.warming.duration").tag("cache", "tracks").functionTimer().count()).isZero();
		});
	}

	@Test
	void readsThePlanOfAMethod() {
		this.runner.withBean("finder", Finder.class)
			.withBean("full", Full.class)
			.withPropertyValues("test.cache=tracks", "test.rate=7", "test.interval=5m")
			.run((context) -> {
				WarmPlan plan = plan(context.getSourceApplicationContext().getBeanFactory());
				assertThat(plan.name()).isEqualTo("full.popular");
				assertThat(plan.cache()).isEqualTo("tracks");
				assertThat(plan.rate()).isEqualTo(7);
				assertThat(plan.schedule().start()).isNull();
				assertThat(plan.schedule().interval()).isEqualTo(Duration.ofMinutes(5));
				assertThat(plan.schedule().cron()).isNull();
				assertThat(plan.keys().call()).isEqualTo(List.of(1));
			});
	}

	@Test
	void choosesTheMethodThatTakesTheKeys() {
		this.runner.withBean(Finder.class)
			.withBean(Plain.class)
			.withBean(ByName.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static WarmPlan plan(ConfigurableListableBeanFactory beans) {
		return WarmMethods
			.of(beans, new WarmingProperties(true, 100, Duration.ofMinutes(10), false, Duration.ofMinutes(1)))
			.get(0);
	}

	static Stream<Arguments> mistakes() {
		return Stream.of(Arguments.of(NoParameterless.class, "it has parameters"),
				Arguments.of(NoKeys.class, "it returns int, not keys"),
				Arguments.of(NoCache.class, "it names no cache"),
				Arguments.of(UnknownCache.class, "for cache 'unknown'"),
				Arguments.of(OtherKeys.class,
						"its keys are of class java.util.UUID, which Finder.byName, Finder.find" + " does not take"),
				Arguments.of(RawKeys.class, "several methods read cache 'tracks': Finder.byName, Finder.find"),
				Arguments.of(Never.class, "it says when neither by 'onStart' nor by 'cron' nor by 'interval'"),
				Arguments.of(Both.class, "it has both 'cron' and 'interval'"),
				Arguments.of(BadCron.class, "'every day' cannot be read as 'cron'"),
				Arguments.of(BadInterval.class, "'soon' cannot be read as 'interval'"),
				Arguments.of(ShortInterval.class, "'interval' must be at least 1s but was '10ms'"),
				Arguments.of(BadRate.class, "'rate' must be greater than zero but was '0'"),
				Arguments.of(Unresolved.class, "'${nowhere}' cannot be read as 'cron'"),
				Arguments.of(Hidden.class, "it is private or static"));
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	<T> void failsWithTheMethodWhenItIsWrong(Class<T> type, String reason) {
		this.runner.withBean(Finder.class).withBean("wrong", type).run((context) -> {
			Throwable failure = context.getStartupFailure();
			FailureAnalysis analysis = new WarmCacheException.Analyzer().analyze(failure);
			assertThat(analysis.getDescription())
				.startsWith("@WarmCache of bean 'wrong', method '" + type.getName() + ".keys': ")
				.contains(reason);
			assertThat(analysis.getAction()).endsWith(".");
		});
	}

	static class Finder {

		@Cacheable("tracks")
		public String find(int id) {
			return "track " + id;
		}

		@Cacheable(cacheNames = "tracks", key = "#p0")
		public String byName(String name) {
			return name;
		}

		@Cacheable("tracks")
		public String first() {
			return "track 1";
		}

	}

	static class Plain {

		@WarmCache("tracks")
		Stream<Integer> keys() {
			return Stream.of(1);
		}

	}

	static class ByName {

		@WarmCache(value = "tracks", by = Finder.class, method = "byName")
		Collection<?> keys() {
			return List.of("a");
		}

	}

	static class Full {

		@WarmCache(cache = "${test.cache}", onStart = false, interval = "${test.interval}", cron = "-",
				rate = "${test.rate}")
		protected Iterable<Integer> popular() {
			return List.of(1);
		}

	}

	static class NoParameterless {

		@WarmCache("tracks")
		List<Integer> keys(int limit) {
			return List.of(limit);
		}

	}

	static class NoKeys {

		@WarmCache("tracks")
		int keys() {
			return 1;
		}

	}

	static class NoCache {

		@WarmCache
		List<Integer> keys() {
			return List.of();
		}

	}

	static class UnknownCache {

		@WarmCache("unknown")
		List<Integer> keys() {
			return List.of();
		}

	}

	static class OtherKeys {

		@WarmCache("tracks")
		List<UUID> keys() {
			return List.of();
		}

	}

	static class RawKeys {

		@WarmCache("tracks")
		List<?> keys() {
			return List.of();
		}

	}

	static class Never {

		@WarmCache(cache = "tracks", onStart = false)
		List<Integer> keys() {
			return List.of();
		}

	}

	static class Both {

		@WarmCache(cache = "tracks", cron = "@daily", interval = "5m")
		List<Integer> keys() {
			return List.of();
		}

	}

	static class BadCron {

		@WarmCache(cache = "tracks", cron = "every day")
		List<Integer> keys() {
			return List.of();
		}

	}

	static class BadInterval {

		@WarmCache(cache = "tracks", interval = "soon")
		List<Integer> keys() {
			return List.of();
		}

	}

	static class ShortInterval {

		@WarmCache(cache = "tracks", interval = "10ms")
		List<Integer> keys() {
			return List.of();
		}

	}

	static class BadRate {

		@WarmCache(cache = "tracks", rate = "0")
		List<Integer> keys() {
			return List.of();
		}

	}

	static class Unresolved {

		@WarmCache(cache = "tracks", cron = "${nowhere}")
		List<Integer> keys() {
			return List.of();
		}

	}

	static class Hidden {

		@WarmCache("tracks")
		private static List<Integer> keys() {
			return List.of();
		}

	}

}
