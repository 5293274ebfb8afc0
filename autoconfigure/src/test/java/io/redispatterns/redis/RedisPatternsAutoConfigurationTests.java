package io.redispatterns.redis;

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
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisConnectionFactory;
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
		this.bare.run((context) -> assertThat(context).doesNotHaveBean(KeySpace.class));
		this.bare.withClassLoader(new FilteredClassLoader(RedisConnectionFactory.class))
			.run((context) -> assertThat(context).doesNotHaveBean("redisKeySpace"));
	}

	@Test
	void backsOffWhenUserDefinesSeveralConnectionFactories() {
		this.bare.withBean("one", RedisConnectionFactory.class, LettuceConnectionFactory::new)
			.withBean("two", RedisConnectionFactory.class, LettuceConnectionFactory::new)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KeySpace.class));
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
	void appliesDefaults(CapturedOutput output) {
		Set<NodeId> nodes = new HashSet<>();
		for (int i = 0; i < 2; i++) {
			this.runner.withPropertyValues("spring.application.name=shop").run((context) -> {
				assertThat(context.getBean(KeySpace.class).namespace()).isEqualTo("shop");
				nodes.add(context.getBean(NodeId.class));
			});
		}
		assertThat(nodes).hasSize(2).allSatisfy((node) -> assertThat(node.value()).matches("[0-9a-f]{16}"));
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void bindsProperties() {
		this.runner.withPropertyValues("redis.namespace=orders", "spring.application.name=shop")
			.run((context) -> assertThat(context.getBean(KeySpace.class).namespace()).isEqualTo("orders"));
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
