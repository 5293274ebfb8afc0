package io.redispatterns.invalidation.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InvalidationMessage}.
 */
class InvalidationMessageTests {

	private final InvalidationMessage message = new InvalidationMessage((byte) 'e', 0x0123456789abcdefL, (7L << 32) | 9,
			1_700_000_000_000_000L, "größe", "ns:x:{a}".getBytes(StandardCharsets.UTF_8));

	/**
	 * {@code struct.pack('>BBQIIQH', 1, ord('e'), 0x0123456789abcdef, 7, 9, 1700000000000000, len(cache)) + cache + key}.
	 */
	@Test
	void hasTheFormThatOthersWriteIt() {
		assertThat(HexFormat.of().formatHex(this.message.encode())).isEqualTo("01650123456789abcdef0000000700000009"
				+ "00060a24181e4000" + "0007" + "6772c3b6c39f65" + "6e733a783a7b617d");
	}

	@Test
	void isReadAsItWasWritten() {
		InvalidationMessage read = Objects.requireNonNull(InvalidationMessage.decode(this.message.encode()));
		assertThat(read).usingRecursiveComparison().isEqualTo(this.message);
		assertThat(read.round()).isEqualTo(7);
	}

	@Test
	void whatIsCutOrOfAnotherFormatIsNone() {
		byte[] bytes = this.message.encode();
		for (int length = 0; length < 28 + 7; length++) {
			assertThat(InvalidationMessage.decode(Arrays.copyOf(bytes, length))).isNull();
		}
		bytes[0] = 2;
		assertThat(InvalidationMessage.decode(bytes)).isNull();
	}

}
