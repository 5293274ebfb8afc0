package io.redispatterns.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user is told when settings or types stop the start.
 */
class CachingFailureTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(CacheNode.AUTO_CONFIGURATIONS))
		.withPropertyValues("spring.data.redis.port=1");

	@Test
	void failsWithKeyAndValueWhenTimeToLiveIsInvalid() {
		assertThat(analysis("redis.cache.defaults.time-to-live=-1s")).isEqualTo(
				new Told("Property 'redis.cache.defaults.time-to-live' must be greater than zero but was 'PT-1S'.",
						"Set a positive duration such as '10m', or remove the property to use its default."));
	}

	@Test
	void failsWithKeyAndValueWhenTimeToLiveOfSpringIsInvalid() {
		assertThat(analysis("spring.cache.redis.time-to-live=0"))
			.isEqualTo(new Told("Property 'spring.cache.redis.time-to-live' must be greater than zero but was 'PT0S'.",
					"Set a positive duration such as '10m', or remove the property to use its default."));
	}

	@Test
	void failsWithKeyAndValueWhenNullTimeToLiveIsInvalid() {
		assertThat(analysis("redis.cache.caches.tracks.null-time-to-live=0s").description()).isEqualTo(
				"Property 'redis.cache.caches.tracks.null-time-to-live' must be greater than zero but was 'PT0S'.");
	}

	@Test
	void failsWithKeyAndValueWhenJitterIsInvalid() {
		assertThat(analysis("redis.cache.caches.tracks.jitter=2"))
			.isEqualTo(new Told("Property 'redis.cache.caches.tracks.jitter' must be between 0 and 1 but was '2.0'.",
					"Set the part of the time-to-live that may be cut off, such as '0.1'."));
	}

	@Test
	void failsWithKeyAndValueWhenMaxValueSizeIsInvalid() {
		assertThat(analysis("redis.cache.defaults.max-value-size=0")).isEqualTo(
				new Told("Property 'redis.cache.defaults.max-value-size' must be greater than zero but was '0B'.",
						"Set a size such as '1MB'."));
	}

	@Test
	void failsWithKeyAndValueWhenCompressAboveIsInvalid() {
		assertThat(analysis("redis.cache.defaults.compress-above=-1KB").description())
			.isEqualTo("Property 'redis.cache.defaults.compress-above' must not be negative but was '-1024B'.");
	}

	@Test
	void failsWithKeyAndValueWhenOutageTimeToLiveIsInvalid() {
		assertThat(analysis("redis.cache.defaults.outage-time-to-live=-1s")).isEqualTo(
				new Told("Property 'redis.cache.defaults.outage-time-to-live' must not be negative but was 'PT-1S'.",
						"Set a duration such as '1s', or '0' to load for each caller."));
	}

	@Test
	void failsWithKeyAndValueWhenLoadConcurrencyIsInvalid() {
		assertThat(analysis("redis.cache.caches.tracks.load-concurrency=-1")).isEqualTo(
				new Told("Property 'redis.cache.caches.tracks.load-concurrency' must not be negative but was '-1'.",
						"Set a number such as '64', or '0' for no limit."));
	}

	@Test
	void failsWithKeyAndValueWhenCodecIsInvalid() {
		Told told = new Told(
				"Property 'redis.cache.caches[a:b {x}].codec' must be 'json' or the name of a ValueCodec bean but was 'xml'.",
				"Use 'json', or one of the ValueCodec beans: [].");
		assertThat(analysis("redis.cache.caches[a:b {x}].codec=xml")).isEqualTo(told);
		assertThat(analysis("redis.cache.defaults.codec=xml", "redis.cache.caches.tracks.jitter=0").description())
			.startsWith("Property 'redis.cache.defaults.codec' ");
		assertThat(analysis("redis.cache.defaults.codec=xml").description())
			.startsWith("Property 'redis.cache.defaults.codec' ");
	}

	@Test
	void failsWithKeyAndValueWhenTagsAreInvalid() {
		Told told = analysis("redis.cache.caches.tracks.tags[0]='artist:' + ");
		assertThat(told.description())
			.startsWith("Property 'redis.cache.caches.tracks.tags' must be an expression on the value, and ")
			.endsWith("but was ''artist:' + '.");
		assertThat(told.action()).isEqualTo("Write an expression such as \"'artist:' + artistId\".");
		assertThat(analysis("redis.cache.defaults.tags[0]=a b").description())
			.startsWith("Property 'redis.cache.defaults.tags' ");
	}

	@Test
	void failsWithKeyAndValueWhenVersionIsInvalid() {
		Told told = analysis("redis.cache.caches.tracks.version=updated At");
		assertThat(told.description())
			.startsWith("Property 'redis.cache.caches.tracks.version' must be an expression on the value, and ")
			.endsWith("but was 'updated At'.");
		assertThat(told.action()).isEqualTo("Write an expression such as \"updatedAt\".");
		assertThat(analysis("redis.cache.defaults.version= ").description())
			.startsWith("Property 'redis.cache.defaults.version' ");
	}

	@Test
	void failsWithKeyAndValueWhenNamespaceIsInvalid() {
		Told told = analysis("redis.namespace=a shop: {x}");
		assertThat(told.description()).startsWith("Property 'redis.namespace' must consist of 1 to 64 letters")
			.endsWith("but was 'a shop: {x}'.");
		assertThat(told.action()).isEqualTo("Set 'redis.namespace' to a name of such characters.");
	}

	@Test
	void failsWithWaysOutWhenValuesAreOfAnyType() {
		assertThat(analysis(Anything.class)).satisfies(CachingFailureTests::namesCacheAndWaysOut);
		assertThat(analysis(Open.class)).satisfies(CachingFailureTests::namesCacheAndWaysOut);
	}

	@Test
	void failsWithWaysOutWhenValuesCannotBeToldApart() {
		assertThat(analysis(TwoLists.class)).satisfies(CachingFailureTests::namesCacheAndWaysOut);
	}

	private static void namesCacheAndWaysOut(Told told) {
		assertThat(told.description()).contains("cache 'mixed'");
		assertThat(told.action()).contains("redis.codec.allowed-types").contains("type");
	}

	private Told analysis(String... properties) {
		Map<String, Object> source = new HashMap<>(Map.of("redis.namespace", "test"));
		for (String property : properties) {
			source.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
		}
		return analysis(this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test", source))));
	}

	private Told analysis(Class<?> bean) {
		return analysis(this.runner.withPropertyValues("redis.namespace=test").withBean(bean));
	}

	private static Told analysis(ApplicationContextRunner runner) {
		Told[] told = new Told[1];
		runner.run((context) -> {
			assertThat(context).hasFailed();
			told[0] = SpringFactoriesLoader.forDefaultResourceLocation()
				.load(FailureAnalyzer.class, ArgumentResolver.of(BeanFactory.class, new DefaultListableBeanFactory())
					.and(Environment.class, new MockEnvironment()), (type, name, failure) -> {
					})
				.stream()
				.map((analyzer) -> analyzer.analyze(context.getStartupFailure()))
				.filter(Objects::nonNull)
				.map(Told::of)
				.findFirst()
				.orElseThrow(() -> new AssertionError("No analysis", context.getStartupFailure()));
		});
		return told[0];
	}

	record Told(String description, String action) {

		static Told of(FailureAnalysis analysis) {
			return new Told(analysis.getDescription(), analysis.getAction());
		}

	}

	static class Anything {

		@Cacheable("mixed")
		Object find(int id) {
			return id;
		}

	}

	static class Open {

		@Cacheable("mixed")
		List<Runnable> find(int id) {
			return List.of();
		}

	}

	static class TwoLists {

		@Cacheable("mixed")
		List<String> find(int id) {
			return List.of();
		}

		@Cacheable("mixed")
		List<Map<String, Integer>> findOther(int id) {
			return List.of();
		}

	}

}
