package io.redispatterns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import org.assertj.core.api.SoftAssertions;
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
		SortedSet<String> unlisted = new TreeSet<>(found);
		listed.forEach(unlisted::remove);
		SortedSet<String> gone = new TreeSet<>(listed);
		gone.removeAll(found);
		SoftAssertions.assertSoftly((softly) -> {
			softly.assertThat(unlisted)
				.as("public but not in %s: make them package-private, or add these lines", LIST)
				.isEmpty();
			softly.assertThat(gone).as("in %s but not public any more: remove these lines", LIST).isEmpty();
		});
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
