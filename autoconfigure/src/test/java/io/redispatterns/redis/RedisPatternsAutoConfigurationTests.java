package io.redispatterns.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.redispatterns.redis.key.KeySpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class RedisPatternsAutoConfigurationTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RedisPatternsAutoConfiguration.class));

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class));

	@Test
	void backsOffWithoutRedis() {
		this.bare.run((context) -> assertThat(context).doesNotHaveBean(RedisExecutor.class));
		this.bare.withClassLoader(new FilteredClassLoader(RedisConnectionFactory.class))
			.run((context) -> assertThat(context).doesNotHaveBean("redisExecutor").doesNotHaveBean("redisKeySpace"));
	}

	@Test
	void backsOffWhenUserDefinesSeveralConnectionFactories() {
		this.bare.withBean("one", RedisConnectionFactory.class, LettuceConnectionFactory::new)
			.withBean("two", RedisConnectionFactory.class, LettuceConnectionFactory::new)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RedisExecutor.class));
	}

	@Test
	void backsOffWhenUserDefinesKeySpace(CapturedOutput output) {
		this.runner.withBean("mine", KeySpace.class, () -> KeySpace.of("mine"))
			.run((context) -> assertThat(context).getBeanNames(KeySpace.class).containsExactly("mine"));
		assertThat(output).doesNotContain("redis.namespace");
	}

	@Test
	void backsOffWhenUserDefinesNodeId() {
		this.runner.withBean("mine", NodeId.class, () -> new NodeId("0123456789abcdef"))
			.run((context) -> assertThat(context).getBeanNames(NodeId.class).containsExactly("mine"));
	}

	@Test
	void backsOffWhenUserDefinesExecutor() {
		this.runner
			.withBean("mine", RedisExecutor.class,
					() -> new BlockingRedisExecutor(new JedisConnectionFactory(),
							new Availability(Clock.systemUTC(), System::nanoTime), Duration.ofSeconds(1)))
			.run((context) -> assertThat(context).getBeanNames(RedisExecutor.class).containsExactly("mine"));
	}

	@Test
	void backsOffWhenUserDefinesServerClock() {
		this.runner
			.withBean("mine", ServerClock.class,
					() -> new ServerClock(
							new BlockingRedisExecutor(new JedisConnectionFactory(),
									new Availability(Clock.systemUTC(), System::nanoTime), Duration.ofSeconds(1)),
							Clock.systemUTC()))
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
	void appliesDefaults(CapturedOutput output) {
		Set<NodeId> nodes = new HashSet<>();
		for (int i = 0; i < 2; i++) {
			this.runner.withPropertyValues("spring.application.name=shop").run((context) -> {
				assertThat(context.getBean(KeySpace.class).namespace()).isEqualTo("shop");
				assertThat(context.getBean(RedisPatternsProperties.class).resilience())
					.hasToString("Resilience[commandTimeout=PT0.25S, connectTimeout=PT0.5S]");
				assertThat(context).getBean(RedisExecutor.class).isInstanceOf(LettuceRedisExecutor.class);
				assertThat(context).hasSingleBean(AvailabilityHealthIndicator.class).hasSingleBean(ServerClock.class);
				nodes.add(context.getBean(NodeId.class));
			});
		}
		assertThat(nodes).hasSize(2).allSatisfy((node) -> assertThat(node.value()).matches("[0-9a-f]{16}"));
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void appliesWaitingClientToFactoriesWithoutASharedConnection() {
		this.runner.withPropertyValues("spring.data.redis.client-type=jedis")
			.run((context) -> assertThat(context).getBean(RedisExecutor.class)
				.isInstanceOf(BlockingRedisExecutor.class));
		LettuceConnectionFactory factory = new LettuceConnectionFactory();
		factory.setShareNativeConnection(false);
		this.runner.withBean(RedisConnectionFactory.class, () -> factory)
			.run((context) -> assertThat(context).getBean(RedisExecutor.class)
				.isInstanceOf(BlockingRedisExecutor.class));
	}

	@Test
	void bindsProperties() {
		this.runner
			.withPropertyValues("redis.namespace=orders", "spring.application.name=shop",
					"redis.resilience.command-timeout=1s", "redis.resilience.connect-timeout=2s")
			.run((context) -> {
				assertThat(context.getBean(KeySpace.class).namespace()).isEqualTo("orders");
				assertThat(context.getBean(RedisPatternsProperties.class).resilience())
					.hasToString("Resilience[commandTimeout=PT1S, connectTimeout=PT2S]");
			});
	}

	@Test
	void warnsOnceWithoutANamespace(CapturedOutput output) {
		this.runner.run((context) -> assertThat(context.getBean(KeySpace.class).namespace()).isEqualTo("application"));
		assertThat(output.getAll().lines()).filteredOn((line) -> line.contains("WARN"))
			.singleElement()
			.asString()
			.contains("redis.namespace", "spring.application.name", "'application:'");
	}

	@ParameterizedTest
	@CsvSource({ "redis.namespace, a:b", "redis.namespace, {shop}", "spring.application.name, my shop",
			"spring.application.name, größe" })
	void failsWithNamespaceWhenInvalid(String property, String value) {
		failsWith(property, value,
				"consist of 1 to 64 letters, digits, '.', '_' or '-' to begin the keys of this application",
				"Set 'redis.namespace' to a name of such characters.");
	}

	@ParameterizedTest
	@CsvSource({ "redis.resilience.command-timeout, 0s, PT0S", "redis.resilience.connect-timeout, -1ms, PT-0.001S" })
	void failsWithTimeoutWhenInvalid(String property, String value, String shown) {
		this.runner.withPropertyValues(property + "=" + value).run((context) -> {
			FailureAnalysis analysis = analysis(context.getStartupFailure());
			assertThat(analysis.getDescription())
				.isEqualTo("Property '" + property + "' must be greater than zero but was '" + shown + "'.");
			assertThat(analysis.getAction()).startsWith("Set a positive duration");
		});
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

	private void failsWith(String property, String value, String reason, String action) {
		this.runner.withPropertyValues(property + "=" + value).run((context) -> {
			FailureAnalysis analysis = analysis(context.getStartupFailure());
			assertThat(analysis.getDescription())
				.isEqualTo("Property '" + property + "' must " + reason + " but was '" + value + "'.");
			assertThat(analysis.getAction()).isEqualTo(action);
		});
	}

	private static FailureAnalysis analysis(Throwable failure) {
		return new InvalidSettingException.Analyzer().analyze(failure);
	}

}
