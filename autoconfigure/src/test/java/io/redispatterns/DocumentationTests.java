package io.redispatterns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README says about keys is generated from them.
 */
class DocumentationTests {

	private static final Path README = Path.of("..", "README.md");

	private static final String START = "<!-- properties:start -->\n";

	private static final String END = "<!-- properties:end -->\n";

	private static final String WRITE = "mvn -pl autoconfigure -am test -Dtest=DocumentationTests -Ddocs.write=true"
			+ " -Dsurefire.failIfNoSpecifiedTests=false";

	@Test
	void readmeListsTheProperties() throws IOException {
		String readme = Files.readString(README);
		assertThat(readme).containsSubsequence(START, END);
		int start = readme.indexOf(START) + START.length();
		int end = readme.indexOf(END);
		String table = table(ConfigurationMetadata.load());
		if (Boolean.getBoolean("docs.write")) {
			Files.writeString(README, readme.substring(0, start) + table + readme.substring(end));
			return;
		}
		assertThat(readme.substring(start, end))
			.as("the table of properties in the README is old, write it with: " + WRITE)
			.isEqualTo(table);
	}

	@Test
	void readmeShowsCodeThatCompiles() throws IOException {
		Set<String> compiled = Files.readAllLines(Path.of("src/test/java/io/redispatterns/ReadmeSnippets.java"))
			.stream()
			.map(String::strip)
			.collect(Collectors.toSet());
		Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
		assertThat(blocks.results().flatMap((block) -> block.group(1).lines()).map(String::strip).toList()).isNotEmpty()
			.allSatisfy((line) -> assertThat(compiled).contains(line));
	}

	private static String table(ConfigurationMetadata metadata) {
		return metadata.properties()
			.stream()
			.map(DocumentationTests::row)
			.collect(Collectors.joining("", "| Key | Default | What it sets |\n|---|---|---|\n", ""));
	}

	private static String row(ConfigurationMetadata.Property property) {
		return "| `%s` | %s | %s |\n".formatted(property.name(), code(property.defaultValue()),
				property.description().replace("|", "\\|"));
	}

	private static String code(@Nullable String value) {
		return (value != null) ? "`" + value.replace("|", "\\|") + "`" : "";
	}

}
