package io.redispatterns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import org.junit.jupiter.api.Test;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands in a string instead of in code exists: a renamed class is found here, not
 * by a user whose configuration silently does not apply.
 */
class AutoConfigurationImportsTests {

	private static final Path META_INF = MainClasses.OUTPUT.resolve("META-INF");

	private static final Path IMPORTS = META_INF.resolve("spring")
		.resolve("org.springframework.boot.autoconfigure.AutoConfiguration.imports");

	private static final Path FACTORIES = META_INF.resolve("spring.factories");

	private static final JavaClasses CLASSES = MainClasses.all();

	/**
	 * Attributes that name classes in strings; what they name otherwise, the compiler
	 * checks.
	 */
	private static final Map<String, Set<String>> CLASS_NAMES = Map.of("AutoConfiguration",
			Set.of("afterName", "beforeName"), "AutoConfigureAfter", Set.of("name"), "AutoConfigureBefore",
			Set.of("name"), "ConditionalOnClass", Set.of("name"), "ConditionalOnBean", Set.of("type"),
			"ConditionalOnMissingBean", Set.of("type", "ignoredType"), "ConditionalOnSingleCandidate", Set.of("type"));

	/**
	 * Boot's session modules, to which ours gives way and which this class path must not
	 * have.
	 */
	private static final String ABSENT = "org.springframework.boot.session.";

	@Test
	void importsAreSorted() throws IOException {
		assertThat(imports()).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void importsAreTheAutoConfigurations() throws IOException {
		Set<String> annotated = new TreeSet<>();
		for (JavaClass type : CLASSES) {
			if (type.isAnnotatedWith(AutoConfiguration.class)) {
				annotated.add(type.getName());
			}
		}
		assertThat(imports()).as("%s beside the classes annotated with @AutoConfiguration", IMPORTS)
			.containsExactlyInAnyOrderElementsOf(annotated);
	}

	@Test
	void importsLoad() throws IOException {
		assertThat(imports()).allSatisfy((name) -> assertThat(isPresent(name)).as(name).isTrue());
	}

	@Test
	void classesNamedByConditionsAndOrderingsExist() {
		List<String> missing = new ArrayList<>();
		for (JavaClass type : CLASSES) {
			Stream<? extends JavaAnnotation<?>> annotations = Stream.concat(type.getAnnotations().stream(),
					type.getMethods().stream().flatMap((method) -> method.getAnnotations().stream()));
			annotations.forEach((annotation) -> namedBy(annotation)
				.filter((name) -> !name.startsWith(ABSENT) && !isPresent(name))
				.map((name) -> "@%s of %s: %s".formatted(annotation.getRawType().getSimpleName(), type.getName(), name))
				.forEach(missing::add));
		}
		assertThat(missing).as("classes that an annotation names and that do not exist").isEmpty();
	}

	@Test
	void factoriesAreOfTheirKind() throws IOException {
		assertThat(factories()).allSatisfy((kind, names) -> {
			Class<?> type = ClassUtils.resolveClassName(kind, null);
			assertThat(names).allSatisfy(
					(name) -> assertThat(ClassUtils.resolveClassName(name, null)).as(name).isAssignableTo(type));
		});
	}

	@Test
	void failureAnalyzersAreRegistered() throws IOException {
		assertRegistered(FailureAnalyzer.class);
	}

	@Test
	void environmentPostProcessorsAreRegistered() throws IOException {
		assertRegistered(EnvironmentPostProcessor.class);
	}

	private static void assertRegistered(Class<?> kind) throws IOException {
		Set<String> found = new TreeSet<>();
		for (JavaClass type : CLASSES) {
			if (type.isAssignableTo(kind) && !type.getModifiers().contains(JavaModifier.ABSTRACT)) {
				found.add(type.getName());
			}
		}
		assertThat(factories().getOrDefault(kind.getName(), List.of())).as("%s under %s", FACTORIES, kind.getName())
			.containsExactlyInAnyOrderElementsOf(found);
	}

	private static Stream<String> namedBy(JavaAnnotation<?> annotation) {
		return CLASS_NAMES.getOrDefault(annotation.getRawType().getSimpleName(), Set.of())
			.stream()
			.flatMap((attribute) -> annotation.get(attribute).stream())
			.flatMap((value) -> (value instanceof Object[] names) ? Arrays.stream(names) : Stream.of(value))
			.map(Object::toString)
			.filter(StringUtils::hasText);
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, null);
	}

	private static List<String> imports() throws IOException {
		return Files.exists(IMPORTS) ? Files.readAllLines(IMPORTS) : List.of();
	}

	private static Map<String, List<String>> factories() throws IOException {
		Properties properties = new Properties();
		if (Files.exists(FACTORIES)) {
			properties.load(Files.newBufferedReader(FACTORIES));
		}
		return properties.stringPropertyNames()
			.stream()
			.collect(Collectors.toMap((kind) -> kind,
					(kind) -> List.of(StringUtils.commaDelimitedListToStringArray(properties.getProperty(kind)))));
	}

}
