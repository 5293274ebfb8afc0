package io.redispatterns.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds {@code SECURITY.md} to the tests that it names.
 */
class SecurityDocumentTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)#(\\w+)`");

	private final List<List<String>> threats = Stream.of(read(ROOT.resolve("SECURITY.md")).split("\n"))
		.filter((line) -> line.startsWith("| S"))
		.map((line) -> Arrays.stream(line.split("(?<!\\\\)\\|")).map(String::strip).toList())
		.toList();

	@Test
	void everyThreatHasADefence() {
		assertThat(this.threats).extracting((row) -> row.get(1))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 27).mapToObj((number) -> "S" + number).toList());
		assertThat(this.threats).allSatisfy((row) -> assertThat(row.get(3)).isNotBlank());
	}

	@Test
	void everyDefenceHasATestOrSaysThatItHasNone() {
		assertThat(this.threats).allSatisfy((row) -> {
			List<String[]> tests = TEST.matcher(row.get(4))
				.results()
				.map((found) -> new String[] { found.group(1), found.group(2) })
				.toList();
			assertThat(tests.isEmpty()).isEqualTo(row.get(4).startsWith("none"));
			assertThat(tests).allSatisfy((test) -> assertThat(source(test[0])).as("%s of %s", test[1], test[0])
				.containsPattern("(void|ArchRule) " + test[1] + "\\b"));
		});
	}

	private static String source(String test) {
		try (Stream<Path> files = Stream.of("autoconfigure", "sample-app", "starter-test")
			.map((module) -> ROOT.resolve(module).resolve("src"))
			.flatMap(SecurityDocumentTests::walk)) {
			return String.join("\n",
					files
						.filter((file) -> Stream.of(test, contract(test), contract(test) + "Contract")
							.anyMatch((name) -> file.endsWith(name + ".java")))
						.map(SecurityDocumentTests::read)
						.toList());
		}
	}

	/**
	 * Where the methods are of a test that runs a contract.
	 */
	private static String contract(String test) {
		return test.replaceAll("IntegrationTests$", "");
	}

	private static Stream<Path> walk(Path root) {
		try {
			return Files.walk(root);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
