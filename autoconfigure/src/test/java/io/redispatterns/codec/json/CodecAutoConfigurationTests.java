package io.redispatterns.codec.json;

import java.util.List;
import java.util.Set;

import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CodecAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(CodecAutoConfiguration.class));

	@Test
	void appliesDefaults() {
		this.runner.run((context) -> {
			ValueCodec codec = context.getBean(JsonValueCodecs.class).codecFor("cache 'any'", List.of());
			assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> codec.encode(new Track("a")));
		});
	}

	@Test
	void backsOffWithoutJackson() {
		this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
			.run((context) -> assertThat(context).doesNotHaveBean(JsonValueCodecs.class));
	}

	@Test
	void backsOffWhenUserDefinesCodecs() {
		this.runner.withBean("mine", JsonValueCodecs.class, () -> new JsonValueCodecs(Set.of(), List.of()))
			.run((context) -> assertThat(context).getBeanNames(JsonValueCodecs.class).containsExactly("mine"));
	}

	@Test
	void bindsProperties() {
		this.runner.withPropertyValues("redis.codec.allowed-types=" + Track.class.getName()).run((context) -> {
			ValueCodec codec = context.getBean(JsonValueCodecs.class).codecFor("cache 'any'", List.of());
			byte[] bytes = codec.encode(new Track("a"));
			assertThat(codec.decode(bytes, 0, bytes.length)).isEqualTo(new Track("a"));
		});
	}

	@Test
	void appliesCustomizers() {
		this.runner
			.withBean(ValueJsonCustomizer.class,
					() -> (builder) -> builder.propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE))
			.run((context) -> {
				ValueCodec codec = context.getBean(JsonValueCodecs.class).codecFor("cache 't'", List.of(Track.class));
				assertThat(new String(codec.encode(new Track("a")))).contains("\"Name\"");
			});
	}

	@Test
	void failsWithUnknownTypeWhenInvalid() {
		for (String name : List.of("com.acme.Gone", "java.lang.Runnable", "java.lang.Number")) {
			this.runner.withPropertyValues("redis.codec.allowed-types=" + name)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.hasMessageContainingAll("'redis.codec.allowed-types' must", "but was '" + name + "'"));
		}
	}

	record Track(String name) {
	}

}
