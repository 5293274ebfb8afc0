package io.redispatterns.redis.resilience;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.ClientResources;
import io.micrometer.core.instrument.MeterRegistry;
import io.redispatterns.redis.AvailabilityHealthIndicator;
import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.ServerClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.JedisClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

class ResilienceAutoConfigurationTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ResilienceAutoConfiguration.class));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, ResilienceAutoConfiguration.class));

	@Test
	void backsOffWithoutRedis() {
		this.bare.run((context) -> assertThat(context).doesNotHaveBean(RedisExecutor.class));
		this.bare.withClassLoader(new FilteredClassLoader(RedisConnectionFactory.class))
			.run((context) -> assertThat(context).doesNotHaveBean("redisExecutor"));
	}

	@Test
	void backsOffWhenUserDefinesExecutor() {
		this.runner.withBean("mine", RedisExecutor.class, ResilienceAutoConfigurationTests::executor)
			.run((context) -> assertThat(context).getBeanNames(RedisExecutor.class).containsExactly("mine"));
	}

	@Test
	void backsOffWhenUserDefinesServerClock() {
		this.runner
			.withBean("mine", ServerClock.class,
					() -> new ServerClock(ResilienceAutoConfigurationTests.executor(), Clock.systemUTC()))
			.run((context) -> assertThat(context).getBeanNames(ServerClock.class).containsExactly("mine"));
	}

	@Test
	void backsOffWhenUserDefinesHealthIndicator() {
		this.runner.withBean("redispatternsHealthIndicator", HealthIndicator.class, () -> () -> null)
			.run((context) -> assertThat(context).doesNotHaveBean(AvailabilityHealthIndicator.class));
		this.runner.withPropertyValues("management.health.redispatterns.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AvailabilityHealthIndicator.class));
		this.runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RedisExecutor.class)
				.doesNotHaveBean("redispatternsHealthIndicator"));
	}

	@Test
	void backsOffWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class.getPackageName()))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("redisResilienceMetrics"));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.resilience.enabled=false").run((context) -> {
			assertThat(context).getBean(RedisExecutor.class).isInstanceOf(FactoryRedisExecutor.class);
			LettuceConnectionFactory factory = context.getBean(LettuceConnectionFactory.class);
			assertThat(options(context).getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.DEFAULT);
			assertThat(factory.getTimeout()).isEqualTo(Duration.ofSeconds(60).toMillis());
		});
	}

	@Test
	void backsOffWhenUserSetsClientOptions() {
		this.runner
			.withPropertyValues("spring.data.redis.timeout=7s", "spring.data.redis.connect-timeout=8s",
					"spring.data.redis.client-type=lettuce")
			.withBean(LettuceClientOptionsBuilderCustomizer.class,
					() -> (options) -> options.disconnectedBehavior(DisconnectedBehavior.ACCEPT_COMMANDS))
			.run((context) -> {
				assertThat(options(context).getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.ACCEPT_COMMANDS);
				assertThat(options(context).getSocketOptions().getConnectTimeout()).isEqualTo(Duration.ofSeconds(8));
				assertThat(context.getBean(LettuceConnectionFactory.class).getTimeout()).isEqualTo(7000);
			});
		this.runner
			.withBean(LettuceClientConfigurationBuilderCustomizer.class,
					() -> (configuration) -> configuration.commandTimeout(Duration.ofSeconds(9)))
			.run((context) -> assertThat(context.getBean(LettuceConnectionFactory.class).getTimeout()).isEqualTo(9000));
		this.runner.withPropertyValues("spring.data.redis.client-type=jedis", "spring.data.redis.timeout=7s")
			.withBean(JedisClientConfigurationBuilderCustomizer.class,
					() -> (configuration) -> configuration.connectTimeout(Duration.ofSeconds(9)))
			.run((context) -> {
				JedisConnectionFactory factory = context.getBean(JedisConnectionFactory.class);
				assertThat(factory.getClientConfiguration().getReadTimeout()).isEqualTo(Duration.ofSeconds(7));
				assertThat(factory.getClientConfiguration().getConnectTimeout()).isEqualTo(Duration.ofSeconds(9));
			});
	}

	@Test
	void appliesDefaults() {
		this.runner.run((context) -> {
			assertThat(context.getBean(ResilienceProperties.class)).hasToString(
					"ResilienceProperties[enabled=true, commandTimeout=PT0.25S, connectTimeout=PT0.5S, downAfter=null, "
							+ "breaker=Breaker[failures=5, slowCall=PT0.1S], "
							+ "probe=Probe[interval=PT0.1S, timeout=PT0.5S]]");
			assertThat(context).getBean(RedisExecutor.class).isInstanceOf(LettuceRedisExecutor.class);
			assertThat(context).hasSingleBean(AvailabilityHealthIndicator.class)
				.hasSingleBean(ServerClock.class)
				.hasSingleBean(ResilienceMetrics.class);
		});
	}

	@Test
	void setsOptionsOfLettuce() {
		this.runner.run((context) -> {
			ClientOptions options = options(context);
			assertThat(options.getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.REJECT_COMMANDS);
			assertThat(options.getReplayFilter().test(null)).isTrue();
			SocketOptions socket = options.getSocketOptions();
			assertThat(socket.getConnectTimeout()).isEqualTo(Duration.ofMillis(500));
			assertThat(socket.isKeepAlive()).isTrue();
			assertThat(context.getBean(LettuceConnectionFactory.class).getTimeout()).isEqualTo(500);
			assertThat(context.getBean(ClientResources.class).reconnectDelay().createDelay(1000))
				.isBetween(Duration.ofMillis(99), Duration.ofMillis(200));
		});
	}

	@Test
	void setsOptionsOfJedis() {
		this.runner.withPropertyValues("spring.data.redis.client-type=jedis").run((context) -> {
			JedisConnectionFactory factory = context.getBean(JedisConnectionFactory.class);
			assertThat(factory.getClientConfiguration().getConnectTimeout()).isEqualTo(Duration.ofMillis(500));
			assertThat(factory.getClientConfiguration().getReadTimeout()).isEqualTo(Duration.ofMillis(500));
		});
	}

	@Test
	void appliesBorrowingToFactoriesWithoutASharedConnection() {
		this.runner.withPropertyValues("spring.data.redis.client-type=jedis")
			.run((context) -> assertThat(context).getBean(RedisExecutor.class)
				.isInstanceOf(FactoryRedisExecutor.class));
		LettuceConnectionFactory factory = new LettuceConnectionFactory();
		factory.setShareNativeConnection(false);
		this.runner.withBean(RedisConnectionFactory.class, () -> factory)
			.run((context) -> assertThat(context).getBean(RedisExecutor.class)
				.isInstanceOf(FactoryRedisExecutor.class));
	}

	@Test
	void bindsProperties() {
		this.runner
			.withPropertyValues("redis.resilience.command-timeout=1s", "redis.resilience.connect-timeout=2s",
					"redis.resilience.down-after=1m", "redis.resilience.breaker.failures=7",
					"redis.resilience.breaker.slow-call=30ms", "redis.resilience.probe.interval=40ms",
					"redis.resilience.probe.timeout=3s")
			.run((context) -> assertThat(context.getBean(ResilienceProperties.class)).hasToString(
					"ResilienceProperties[enabled=true, commandTimeout=PT1S, connectTimeout=PT2S, downAfter=PT1M, "
							+ "breaker=Breaker[failures=7, slowCall=PT0.03S], "
							+ "probe=Probe[interval=PT0.04S, timeout=PT3S]]"));
	}

	@ParameterizedTest
	@CsvSource({ "redis.resilience.command-timeout, 0s, PT0S", "redis.resilience.connect-timeout, -1ms, PT-0.001S",
			"redis.resilience.down-after, 0s, PT0S", "redis.resilience.breaker.failures, 0, 0",
			"redis.resilience.breaker.slow-call, 0s, PT0S", "redis.resilience.probe.interval, 0s, PT0S",
			"redis.resilience.probe.timeout, 0s, PT0S" })
	void failsWithSettingWhenInvalid(String property, String value, String shown) {
		this.runner.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessage("'%s' must be greater than zero but was '%s'",
						property.substring("redis.resilience.".length()), shown));
	}

	@Test
	void startsNoThreadAndNoConnectionUnasked() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.runner.withPropertyValues("spring.data.redis.port=1").run((context) -> {
			assertThat(context).hasSingleBean(RedisExecutor.class).hasSingleBean(ServerClock.class);
			// The timer of Boot's client resources runs in any case
			assertThat(Thread.getAllStackTraces().keySet()).filteredOn((thread) -> !before.contains(thread))
				.extracting(Thread::getName)
				.noneMatch((name) -> name.matches("(redis-patterns|lettuce-.*EventLoop).*"));
		});
	}

	private static ClientOptions options(ApplicationContext context) {
		return context.getBean(LettuceConnectionFactory.class).getRequiredNativeClient().getOptions();
	}

	private static RedisExecutor executor() {
		return new FactoryRedisExecutor(new JedisConnectionFactory(), Settings.DEFAULTS,
				new Outages(Clock.systemUTC(), System::nanoTime));
	}

}
