package io.redispatterns.cache.entry;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Generation}.
 */
class GenerationTests {

	@Test
	void readsTheStoredForm() {
		assertThat(Generation.parse(bytes("20:10"))).isEqualTo(new Generation(20, 10, false));
		assertThat(Generation.parse(bytes("20:10;a1=5;b2=6"))).isEqualTo(new Generation(20, 10, true));
		assertThat(Generation.parseTag(bytes("20"))).isEqualTo(new Generation(20, 20, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":", "1", "1:", ":1", "a:b", "1:2:3", "1:2", "-1:-2", "9007199254740992:1",
			"99999999999999999999:1", "1 :1" })
	void takesAnythingElseForUnknown(String text) {
		assertThat(Generation.parse(bytes(text))).isEqualTo(Generation.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-1", "1.5", "nan", "9007199254740992" })
	void takesAnythingElseInATagForUnknown(String text) {
		assertThat(Generation.parseTag(bytes(text)).isKnown()).isFalse();
	}

	@Test
	void admitsNothingWhenUnknown() {
		assertThat(Generation.parse(null).admits(Long.MAX_VALUE)).isFalse();
		assertThat(Generation.parseTag(null).admits(Long.MAX_VALUE)).isFalse();
	}

	@Test
	void admitsFromTheFloorOn() {
		Generation generation = new Generation(20, 10, false);
		assertThat(generation.admits(9)).isFalse();
		assertThat(generation.admits(10)).isTrue();
		assertThat(generation.admits(20)).isTrue();
	}

	@Test
	void keepsTheHighestOfBoth() {
		Generation one = new Generation(20, 5, true);
		assertThat(one.highest(new Generation(10, 8, false))).isEqualTo(new Generation(20, 8, true));
		assertThat(one.highest(new Generation(30, 5, false))).isEqualTo(new Generation(30, 5, false));
		assertThat(one.highest(Generation.UNKNOWN)).isSameAs(one);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
