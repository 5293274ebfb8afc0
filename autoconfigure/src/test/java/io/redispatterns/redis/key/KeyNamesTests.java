package io.redispatterns.redis.key;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeyNames}.
 */
class KeyNamesTests {

	private static final KeyArgumentResolver OWN = (argument) -> (argument instanceof Own own) ? own.text() : null;

	private final Keys keys = KeySpace.of("ns", List.of(OWN)).named("cache");

	private final KeyNames names = new KeyNames(this.keys);

	static Stream<Object> arguments() {
		return Stream.of("text", "", "a b", "{x}", "50%", "ü", "x".repeat(255), "x".repeat(256), "i5", "5", 5, 5L, -5,
				-5L, 0, 0L, Integer.MIN_VALUE, Long.MAX_VALUE, 'c', 1.0, true, UUID.randomUUID(), List.of("a", 1),
				Thread.State.NEW, new Own("text"), new Own("5"));
	}

	@ParameterizedTest
	@MethodSource("arguments")
	void argumentAndItsKeyHaveTheSameName(Object argument) {
		assertThat(this.names.ofKey(this.keys.key(argument))).isEqualTo(this.names.of(argument));
	}

	@Test
	void textsOfAnyCharactersHaveTheNamesOfTheirKeys() {
		Random random = new Random(42);
		for (int i = 0; i < 20_000; i++) {
			int bound = (i % 2 == 0) ? 0x80 : 0x3000;
			String text = IntStream.range(0, random.nextInt(4))
				.mapToObj((at) -> String.valueOf((char) random.nextInt(bound)))
				.collect(Collectors.joining());
			assertThat(this.names.ofKey(this.keys.key(text))).isEqualTo(this.names.of(text));
		}
	}

	@Test
	void differentArgumentsHaveDifferentNames() {
		List<Object> arguments = arguments().filter((argument) -> !(argument instanceof Own)).toList();
		assertThat(arguments.stream().map(this.names::of).distinct()).hasSameSizeAs(arguments);
	}

	@Test
	void whatIsWrittenAsItIsNeedsNoBytes() {
		assertThat(this.names.of("text")).isEqualTo("text");
		assertThat(this.names.of(5)).isEqualTo(5);
		assertThat(this.names.of(5L)).isEqualTo(5L);
	}

	@Test
	void keysOfOthersHaveNamesThatNoArgumentHas() {
		Keys others = KeySpace.of("ns").named("other");
		assertThat(this.names.ofKey(others.key("text"))).isNotEqualTo(this.names.of("text"));
		assertThat(this.names.ofKey(Keys.beside(this.keys.key("text"), "l"))).isNotEqualTo(this.names.of("text"));
		assertThat(this.names.ofKey(new byte[0])).isNotNull();
	}

	private record Own(String text) {

	}

}
