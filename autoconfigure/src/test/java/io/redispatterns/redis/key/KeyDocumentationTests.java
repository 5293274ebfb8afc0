package io.redispatterns.redis.key;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.data.domain.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/redis-data.md} shows keys as they are made.
 */
class KeyDocumentationTests {

	private final String document;

	KeyDocumentationTests() throws IOException {
		this.document = Files.readString(Path.of("..", "docs", "redis-data.md"));
	}

	@Test
	void showsArgumentsAsTheyAreWritten() {
		KeyEncoder encoder = new KeyEncoder(List.of());
		String table = this.document.substring(this.document.indexOf("| argument |"));
		table = table.substring(0, table.indexOf("\n\n"));
		Map<String, Object> examples = examples();
		assertThat(table.lines().skip(2)).hasSameSizeAs(examples.keySet());
		examples.forEach((argument, value) -> assertThat(this.document)
			.contains("| " + argument + " | `" + new String(encoder.encode(value), StandardCharsets.UTF_8) + "` |\n"));
	}

	@Test
	void showsPrefixesAsTheyAreWritten() {
		KeySpace space = KeySpace.of("shop");
		for (String name : List.of("tracks", "a::b", "lock")) {
			assertThat(this.document).contains("| `" + name + "` | `" + space.named(name).prefix() + "` |\n");
		}
		assertThat(this.document).contains("| (empty) | `" + space.named("").prefix() + "` |\n");
	}

	@Test
	void listsReservedWords() {
		String reserved = this.document.lines().filter((line) -> line.startsWith("Reserved")).findFirst().orElseThrow();
		assertThat(reserved.split("`ns:")).hasSize(15);
		for (String kind : reserved.replaceAll(".*?`ns:([a-z]+):`", "$1 ").replace(".", "").split(" ")) {
			assertThat(reserved).contains("`" + KeySpace.of("ns").kind(kind).prefix() + "`");
		}
	}

	private static Map<String, Object> examples() {
		Map<String, Object> examples = new LinkedHashMap<>();
		examples.put("`42`", 42);
		examples.put("`42L`", 42L);
		examples.put("`\"42\"`", "42");
		examples.put("`\"\"`", "");
		examples.put("`\"a{b}, c:d\"`", "a{b}, c:d");
		examples.put("`true`", true);
		examples.put("`'a'`", 'a');
		examples.put("`0.5`", 0.5);
		examples.put("`new BigDecimal(\"1.10\")`", new BigDecimal("1.10"));
		examples.put("`new UUID(1, 2)`", new UUID(1, 2));
		examples.put("`LocalDate.of(2026, 2, 1)`", LocalDate.of(2026, 2, 1));
		examples.put("`DayOfWeek.MONDAY`", DayOfWeek.MONDAY);
		examples.put("`Locale.CANADA_FRENCH`", Locale.CANADA_FRENCH);
		examples.put("`new byte[] { 0, -1 }`", new byte[] { 0, -1 });
		examples.put("`new int[] { 1, 2 }`", new int[] { 1, 2 });
		examples.put("no parameter", SimpleKey.EMPTY);
		examples.put("two parameters, `\"alice\"` and `null`", new SimpleKey("alice", null));
		examples.put("`List.of(\"a\", 1)`", List.of("a", 1));
		examples.put("`Set.of(\"b\", \"a\")`", Set.of("b", "a"));
		examples.put("`Map.of(\"a\", 1)`", Map.of("a", 1));
		examples.put("`Optional.of(1)`", Optional.of(1));
		examples.put("`PageRequest.of(0, 20)`", PageRequest.of(0, 20));
		return examples;
	}

}
