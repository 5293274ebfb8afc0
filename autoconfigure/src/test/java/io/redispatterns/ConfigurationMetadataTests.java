package io.redispatterns;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor shows beside a key of {@code application.yml}.
 */
class ConfigurationMetadataTests {

	/**
	 * Settings of all patterns, which no one can turn off.
	 */
	private static final Set<String> NO_PATTERNS = Set.of("redis.namespace", "redis.resilience", "redis.codec");

	private final ConfigurationMetadata metadata = ConfigurationMetadata.load();

	@Test
	void propertiesAreSortedAndNamedOnce() {
		assertThat(this.metadata.names()).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void additionalMetadataIsSortedAndNamedOnce() {
		ConfigurationMetadata additional = ConfigurationMetadata.loadAdditional();
		assertThat(additional.names()).isSorted().doesNotHaveDuplicates();
		assertThat(additional.hints()).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void hintsAreOfProperties() {
		assertThat(this.metadata.hints()).allSatisfy(
				(hint) -> assertThat(this.metadata.names()).contains(hint.replaceFirst("\\.(keys|values)$", "")));
	}

	@Test
	void propertiesLiveUnderRedis() {
		assertThat(this.metadata.names()).allSatisfy((name) -> assertThat(name).matches("redis(\\.[a-z0-9-]+)+"));
	}

	@Test
	void descriptionsAreSentencesInPlainText() {
		assertThat(this.metadata.properties()).allSatisfy((property) -> assertThat(property.description())
			.as("description of %s (of a record: its @param)", property.name())
			.matches("[A-Z0-9].*\\.")
			.doesNotContain("<", "{@", "\n")
			.doesNotMatch("(The|A|An|This) .*")
			.doesNotContainIgnoringCase("default is")
			.doesNotContainIgnoringCase("defaults to"));
	}

	@Test
	void switchesSayWhether() {
		assertThat(this.metadata.properties()).filteredOn((property) -> property.type().equals("java.lang.Boolean"))
			.allSatisfy((property) -> assertThat(property.description()).as(property.name())
				.matches("(Whether|Enable) .*"));
	}

	@Test
	void everyPatternCanBeTurnedOff() {
		Set<String> patterns = new TreeSet<>();
		this.metadata.names().forEach((name) -> patterns.add(String.join(".", firstTwo(name))));
		patterns.removeAll(NO_PATTERNS);
		assertThat(patterns).allSatisfy((pattern) -> assertThat(this.metadata.names()).contains(pattern + ".enabled"));
	}

	@Test
	void conditionsAskForKeysThatExist() {
		Set<String> keys = new TreeSet<>();
		for (JavaClass type : MainClasses.all()) {
			Stream
				.concat(type.getAnnotations().stream(),
						type.getMethods().stream().flatMap((m) -> m.getAnnotations().stream()))
				.flatMap(ConfigurationMetadataTests::keysOf)
				.filter((key) -> key.startsWith("redis."))
				.forEach(keys::add);
		}
		assertThat(this.metadata.names()).containsAll(keys);
	}

	@Test
	void everyAutoConfigurationIsConditionalOnItsSwitch() {
		assertThat(MainClasses.all().stream()).filteredOn((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.filteredOn((type) -> !type.getPackageName().matches("io\\.redispatterns\\.(redis|codec)(\\..*)?"))
			.allSatisfy((type) -> {
				assertThat(type.isAnnotatedWith(ConditionalOnBooleanProperty.class)).as(type.getName()).isTrue();
				ConditionalOnBooleanProperty condition = type.getAnnotationOfType(ConditionalOnBooleanProperty.class);
				assertThat(condition.matchIfMissing()).isTrue();
				assertThat(keysOf(type.getAnnotationOfType(ConditionalOnBooleanProperty.class.getName())))
					.allSatisfy((key) -> assertThat(key).matches("redis\\.[a-z-]+\\.enabled"));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lock", "pubsub", "stream", "job", "leaderboard", "hash", "advisor", "embedded" })
	void smallPatternHasAtMostEightKeys(String pattern) {
		assertThat(this.metadata.names()).filteredOn((name) -> name.startsWith("redis." + pattern + "."))
			.hasSizeLessThanOrEqualTo(8);
	}

	private static List<String> firstTwo(String name) {
		return Arrays.stream(name.split("\\.")).limit(2).toList();
	}

	private static Stream<String> keysOf(JavaAnnotation<?> annotation) {
		if (!annotation.getRawType().getSimpleName().matches("ConditionalOn(Boolean)?Property")) {
			return Stream.empty();
		}
		String prefix = annotation.get("prefix").map(Object::toString).orElse("");
		String root = (prefix.isEmpty() || prefix.endsWith(".")) ? prefix : prefix + ".";
		return Stream.of("name", "value")
			.flatMap((attribute) -> annotation.get(attribute).stream())
			.flatMap((names) -> Arrays.stream((Object[]) names))
			.map((name) -> root + name);
	}

}
