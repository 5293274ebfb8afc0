package io.redispatterns.stampede;

import java.time.Duration;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.redispatterns.cache.lease.StampedeGuard;
import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.stampede.StampedeProperties.Guard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.Redisson;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class StampedeAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("redis.namespace=test")
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, StampedeAutoConfiguration.class));

	@Test
	void backsOffWithoutRedis() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(StampedeAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(StampedeGuard.class));
	}

	@Test
	void backsOffWhenUserDefinesStampedeGuard() {
		this.runner.withBean("mine", StampedeGuard.class, () -> StampedeGuard.LOCAL)
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RedissonLocks.class)
				.getBeanNames(StampedeGuard.class)
				.containsExactly("mine"));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.stampede.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(StampedeGuard.class)
				.doesNotHaveBean(RedissonLocks.class));
	}

	@Test
	void appliesDefaults(CapturedOutput output) {
		this.runner.run((context) -> {
			assertThat(context.getBean(StampedeProperties.class)).isEqualTo(
					new StampedeProperties(true, Guard.REDISSON, true, Duration.ofSeconds(5), Duration.ofSeconds(3)));
			assertThat(context).getBean(StampedeGuard.class).isInstanceOf(RedissonGuard.class);
		});
		assertThat(output).doesNotContain("WARN", "Redisson");
	}

	@Test
	void bindsProperties() {
		this.runner
			.withPropertyValues("redis.stampede.guard=lease", "redis.stampede.auto-sync=false",
					"redis.stampede.wait=1s", "redis.stampede.lease=2s")
			.run((context) -> {
				assertThat(context.getBean(StampedeProperties.class)).isEqualTo(
						new StampedeProperties(true, Guard.LEASE, false, Duration.ofSeconds(1), Duration.ofSeconds(2)));
				assertThat(context.getBean(StampedeGuard.class).leaseTime()).isEqualTo(Duration.ofSeconds(2));
			});
	}

	@ParameterizedTest
	@CsvSource({ "redisson, RedissonGuard, true", "lease, LeaseGuard, true", "local, LocalGuard, true",
			"none, LocalGuard, false" })
	void appliesEachGuard(String guard, String type, boolean sharesLoads) {
		this.runner.withPropertyValues("redis.stampede.guard=" + guard).run((context) -> {
			StampedeGuard bean = context.getBean(StampedeGuard.class);
			assertThat(bean.getClass().getSimpleName()).isEqualTo(type);
			assertThat(bean.sharesLoads()).isEqualTo(sharesLoads);
			assertThat(context.getBeansOfType(RedissonLocks.class)).hasSize(guard.equals("redisson") ? 1 : 0);
		});
	}

	@Test
	void guardsByLeaseWithoutRedissonUnlessTold() {
		ApplicationContextRunner without = this.runner.withClassLoader(new FilteredClassLoader(Redisson.class));
		without.run((context) -> assertThat(context).getBean(StampedeGuard.class).isInstanceOf(LeaseGuard.class));
		without.withPropertyValues("redis.stampede.guard=redisson")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining("'redis.stampede.guard' must be another while Redisson is not on the class path")
				.hasMessageContaining("'redisson'"));
	}

	@ParameterizedTest
	@CsvSource({ "wait, 0, be greater than zero", "wait, -1s, be greater than zero", "lease, 99ms, be at least 100ms",
			"lease, -3s, be at least 100ms" })
	void failsWithSettingWhenInvalid(String property, String value, String reason) {
		this.runner.withPropertyValues("redis.stampede." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining("'%s' must %s", property, reason));
	}

	@Test
	void failsWithGuardWhenInvalid() {
		this.runner.withPropertyValues("redis.stampede.guard=zookeeper")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(IllegalArgumentException.class)
				.satisfies((failure) -> assertThat(failure).hasStackTraceContaining(BindException.class.getName())
					.hasStackTraceContaining("redis.stampede.guard")));
	}

	@Test
	void metersWhatTheGuardDecides() {
		this.runner.withBean(SimpleMeterRegistry.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(StampedeMetrics.class).bindTo(registry);
			assertThat(registry.get("redis.stampede.waiting").gauge().value()).isZero();
			assertThat(registry.get("redis.stampede.admissions").functionCounters()).hasSize(10)
				.extracting((counter) -> counter.getId().getTag("outcome"))
				.containsOnly("loaded", "found", "fenced", "gave-up", "failed");
		});
	}

	@Test
	void startsNoThreadUnasked() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.runner.run((context) -> assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> !before.contains(thread))
			.extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("redis-patterns") || name.contains("redisson")));
	}

}
