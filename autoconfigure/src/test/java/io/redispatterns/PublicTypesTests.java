package io.redispatterns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A type becomes public, or stops being it, in a line that a reviewer sees.
 */
class PublicTypesTests {

	private static final Path LIST = Path.of("src", "test", "resources", "public-types.txt");

	@Test
	void listIsSorted() throws IOException {
		assertThat(Files.readAllLines(LIST)).as(LIST.toString()).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void listedTypesArePublicAndNoOthers() throws IOException {
		List<String> listed = Files.readAllLines(LIST);
		SortedSet<String> found = publicTypes();
		SortedSet<String> differences = new TreeSet<>();
		found.stream().filter((type) -> !listed.contains(type)).map((type) -> "add " + type).forEach(differences::add);
		listed.stream()
			.filter((type) -> !found.contains(type))
			.map((type) -> "remove " + type)
			.forEach(differences::add);
		assertThat(differences).as("lines to add to (unless the type can be hidden) or remove from " + LIST).isEmpty();
	}

	private static SortedSet<String> publicTypes() {
		SortedSet<String> names = new TreeSet<>();
		for (JavaClass type : MainClasses.all()) {
			if (isVisible(type)) {
				names.add(type.getName().replace('$', '.'));
			}
		}
		return names;
	}

	private static boolean isVisible(JavaClass type) {
		return type.getModifiers().contains(JavaModifier.PUBLIC) && !type.isAnonymousClass() && !type.isLocalClass()
				&& type.getEnclosingClass().map(PublicTypesTests::isVisible).orElse(true);
	}

}
