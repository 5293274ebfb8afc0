package io.redispatterns.cache.entry;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import io.redispatterns.cache.entry.Entry.Times;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Entry}.
 */
class EntryTests {

	private static final byte[] VALUE = { 1, 2, 3 };

	@Test
	void readsWhatItHasWritten() {
		Entry entry = Entry.decode(encode(VALUE, 42, "a", "ü", ""));
		assertThat(entry.stamp()).isEqualTo(42);
		assertThat(entry.tags()).containsExactly("a", "ü", "");
		assertThat(entry.isNull()).isFalse();
		assertThat(Arrays.copyOfRange(entry.bytes(), entry.offset(), entry.offset() + entry.length())).isEqualTo(VALUE);
	}

	@Test
	void isAsTheDocumentationSays() {
		assertThat(encode(VALUE, 0x0102030405060708L)).containsExactly(0xC5, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0xC7, 0xE0,
				0x77, 0x81, 1, 2, 3);
		assertThat(encode(VALUE, 0, "ab")).containsExactly(0xC5, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0xC2, 0xC0, 0xCF, 0x4A,
				1, 0, 2, 'a', 'b', 1, 2, 3);
	}

	@Test
	void readsACachedNull() {
		Entry entry = Entry.decode(encode(null, 7));
		assertThat(entry.isNull()).isTrue();
		assertThat(entry.length()).isZero();
	}

	@Test
	void readsVersionAndTimes() {
		WrittenValue written = new WrittenValue(VALUE, Set.of("a"), -7L);
		Entry entry = Entry.decode(Entry.encode(written, 1, new Times(0x0102030405060708L, 9)));
		assertThat(entry.times()).isEqualTo(new Times(0x0102030405060708L, 9));
		assertThat(entry.tags()).containsExactly("a");
		assertThat(Arrays.copyOfRange(entry.bytes(), 15, 23)).containsExactly(-1, -1, -1, -1, -1, -1, -1, -7);
		assertThat(Arrays.copyOfRange(entry.bytes(), 23, 35)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 9);
		assertThat(Arrays.copyOfRange(entry.bytes(), entry.offset(), entry.bytes().length)).isEqualTo(VALUE);
		Entry none = Entry.decode(Entry.encode(WrittenValue.NULL, 1, new Times(5, 0)));
		assertThat(none.isNull()).isTrue();
		assertThat(none.times()).isEqualTo(new Times(5, 0));
		assertThat(none.length()).isZero();
		assertThat(Entry.decode(encode(VALUE, 1)).times()).isEqualTo(Times.UNKNOWN);
	}

	@Test
	void restampsACopy() {
		byte[] bytes = encode(VALUE, 1, "a");
		Entry restamped = Entry.decode(Entry.restamp(bytes, 2));
		assertThat(restamped.stamp()).isEqualTo(2);
		assertThat(restamped.tags()).containsExactly("a");
		assertThat(Entry.decode(bytes).stamp()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 5, 7, 16, 32, 64, 128, 255 })
	void takesUnknownFlagsForForeign(int flags) {
		byte[] bytes = encode(VALUE, 1);
		bytes[2] = (byte) flags;
		assertThat(Entry.decode(Entry.sealed(bytes))).isSameAs(Entry.FOREIGN);
	}

	@Test
	void takesANullWithAValueForForeign() {
		byte[] bytes = encode(VALUE, 1);
		bytes[2] = 1;
		assertThat(Entry.decode(Entry.sealed(bytes))).isSameAs(Entry.FOREIGN);
	}

	@Test
	void takesAnotherMagicOrVersionForForeign() {
		for (int i : new int[] { 0, 1 }) {
			byte[] bytes = encode(VALUE, 1);
			bytes[i]++;
			assertThat(Entry.decode(Entry.sealed(bytes))).isSameAs(Entry.FOREIGN);
		}
	}

	@Test
	void takesEachBitThatIsNotAsItWasForForeign() {
		for (byte[] bytes : List.of(encode(VALUE, 1, "tag"), encode(null, 1))) {
			for (int bit = 0; bit < bytes.length * 8; bit++) {
				bytes[bit / 8] ^= (byte) (1 << bit % 8);
				assertThat(Entry.decode(bytes)).as("bit " + bit).isSameAs(Entry.FOREIGN);
				bytes[bit / 8] ^= (byte) (1 << bit % 8);
			}
			assertThat(Entry.decode(bytes)).isNotSameAs(Entry.FOREIGN);
		}
	}

	@Test
	void neverThrowsWhateverTheBytes() {
		Random random = new Random(42);
		byte[] whole = encode(VALUE, 1, "tag", "other");
		IntStream.range(0, whole.length).forEach((length) -> Entry.decode(Arrays.copyOf(whole, length)));
		for (int i = 0; i < 10_000; i++) {
			byte[] bytes = new byte[random.nextInt(40)];
			random.nextBytes(bytes);
			if (bytes.length > 2) {
				System.arraycopy(whole, 0, bytes, 0, 3);
			}
			Entry entry = Entry.decode((bytes.length < 15) ? bytes : Entry.sealed(bytes));
			assertThat(entry.length()).isNotNegative();
		}
	}

	private static byte[] encode(byte @Nullable [] value, long stamp, String... tags) {
		return Entry.encode(new WrittenValue(value, new LinkedHashSet<>(List.of(tags)), null), stamp, Times.UNKNOWN);
	}

}
