package io.redispatterns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The size of the house. A line is a line of the file as it stands, blank and comment
 * lines too. A room is a folder, all its Java files count. The median and the 90th
 * percentile are of the main files of all modules.
 */
class SourceTreeTests {

	private static final List<String> MODULES = List.of("autoconfigure", "starter-test", "sample-app", "benchmarks");

	private static final Path RESOURCES = Path.of("src", "main", "resources");

	private static final Pattern FORBIDDEN_COMMAND = Pattern
		.compile("(?i)redis\\.p?call\\(\\s*['\"](keys|scan|randomkey|flush\\w+)['\"]");

	@Test
	void noFileIsLongerThan250Lines() {
		assertThat(sizes(MODULES.stream())).as("main files longer than 250 lines")
			.allSatisfy((file, lines) -> assertThat(lines).as(file).isLessThanOrEqualTo(250));
	}

	@Test
	void nineFilesOfTenHaveAtMost150Lines() {
		assertThat(percentile(90)).as("90th percentile of the lines of a main file").isLessThanOrEqualTo(150);
	}

	@Test
	void medianFileHasAtMost65Lines() {
		assertThat(percentile(50)).as("median of the lines of a main file").isLessThanOrEqualTo(65);
	}

	@Test
	void roomHasAtMost15Files() {
		Map<Path, Long> rooms = files(MainClasses.SOURCES, ".java")
			.collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
		assertThat(rooms).as("rooms with more than 15 files are two rooms")
			.allSatisfy((room, files) -> assertThat(files).as(room.toString()).isLessThanOrEqualTo(15));
	}

	@Test
	void everyRoomExplainsItself() {
		assertThat(files(MainClasses.SOURCES, ".java").map(Path::getParent).distinct())
			.allSatisfy((room) -> assertThat(room.resolve("package-info.java")).exists());
	}

	@Test
	void scriptStatesKeysArgumentsAndReturn() {
		assertThat(files(RESOURCES, ".lua")).allSatisfy((script) -> {
			List<String> lines = Files.readAllLines(script);
			assertThat(lines).as(script.toString()).hasSizeGreaterThan(3);
			assertThat(lines.get(0)).startsWith("-- ").contains("KEYS");
			assertThat(lines.get(1)).startsWith("-- ").contains("ARGV");
			assertThat(lines.get(2)).startsWith("-- ").containsIgnoringCase("return");
		});
	}

	@Test
	void scriptLiesBesideTheRoomThatRunsIt() {
		assertThat(files(RESOURCES, ".lua")).allSatisfy(
				(script) -> assertThat(MainClasses.SOURCES.resolve(RESOURCES.relativize(script)).getParent()).exists());
	}

	@Test
	void scriptDoesNotWalkOverAllKeys() {
		assertThat(files(RESOURCES, ".lua"))
			.allSatisfy((script) -> assertThat(script).content().doesNotContainPattern(FORBIDDEN_COMMAND));
	}

	private static int percentile(int percent) {
		List<Integer> sorted = sizes(MODULES.stream()).values().stream().sorted().toList();
		return sorted.get((sorted.size() * percent + 99) / 100 - 1);
	}

	private static Map<String, Integer> sizes(Stream<String> modules) {
		return modules.flatMap((module) -> files(Path.of("..", module).resolve(MainClasses.SOURCES), ".java"))
			.collect(Collectors.toMap(Path::toString, SourceTreeTests::lines));
	}

	private static int lines(Path file) {
		try {
			return Files.readAllLines(file).size();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Path> files(Path root, String suffix) {
		if (!Files.isDirectory(root)) {
			return Stream.empty();
		}
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter((file) -> file.toString().endsWith(suffix)).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
