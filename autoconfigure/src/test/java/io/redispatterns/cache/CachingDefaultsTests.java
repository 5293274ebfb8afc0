package io.redispatterns.cache;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.redispatterns.cache.settings.CachingProperties;
import io.redispatterns.cache.settings.EffectiveSettings;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings of caches inherit, so the compiler finds no defaults among them: an editor is
 * told by hand, and told the truth.
 */
class CachingDefaultsTests {

	private static final String PREFIX = "redis.cache.defaults.";

	private static final Set<String> WITHOUT_DEFAULT = Set.of("type", "tags", "load-timeout", "version", "near");

	private static final Set<String> OF_NEAR = Set.of("near.enabled", "near.hot-keys", "near.max-size");

	@Test
	void tellsTheDefaultOfEverySetting() throws Exception {
		Stream<String> all = Arrays.stream(CachingProperties.Settings.class.getRecordComponents())
			.map((component) -> component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
			.filter((name) -> !WITHOUT_DEFAULT.contains(name));
		Set<String> settings = Stream.concat(all, OF_NEAR.stream())
			.map((name) -> PREFIX + name)
			.collect(Collectors.toSet());
		assertThat(documented().keySet()).isEqualTo(settings);
	}

	@Test
	void tellsTheDefaultsThatTheCodeUses() throws Exception {
		documented().forEach((key, value) -> assertThat(effective(Map.of(key, value))).as("%s=%s", key, value)
			.isEqualTo(effective(Map.of("redis.cache.enabled", "true"))));
	}

	private static EffectiveSettings effective(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bind("redis.cache", CachingProperties.class)
			.get()
			.effective("any");
	}

	private static Map<String, String> documented() throws IOException, URISyntaxException {
		Path classes = Path.of(CachingProperties.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		JsonNode metadata = JsonMapper.shared()
			.readTree(classes.resolve("META-INF/spring-configuration-metadata.json"));
		Map<String, String> defaults = new TreeMap<>();
		for (JsonNode property : metadata.path("properties")) {
			String name = property.path("name").asString();
			if (name.startsWith(PREFIX) && property.has("defaultValue")) {
				defaults.put(name, property.path("defaultValue").asString());
			}
		}
		return defaults;
	}

}
