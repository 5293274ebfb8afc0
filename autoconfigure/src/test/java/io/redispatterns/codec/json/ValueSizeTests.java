package io.redispatterns.codec.json;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueTooLargeException;
import org.junit.jupiter.api.Test;

import org.springframework.core.ResolvableType;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ValueSizeTests {

	private final JsonValueCodecs codecs = new JsonValueCodecs(Set.of(), List.of());

	@Test
	void compressesAboveTheThreshold() {
		ValueCodec codec = codec(1_000, 10_000);
		String large = "abc".repeat(1_000);
		byte[] bytes = codec.encode(large);
		assertThat(bytes).startsWith(0x11).hasSizeLessThan(300);
		assertThat(codec.decode(bytes, 0, bytes.length)).isEqualTo(large);
		assertThat(codec.encode("a".repeat(900))).startsWith(0x10).hasSize(903);
	}

	@Test
	void compressesValuesOfSeveralTypes() {
		ValueCodec codec = this.codecs.codecFor("cache 'texts'", List.of(String.class, Long.class),
				DataSize.ofBytes(100), DataSize.ofKilobytes(10));
		byte[] bytes = codec.encode("a".repeat(5_000));
		assertThat(bytes).startsWith(0x13).hasSizeLessThan(100);
		assertThat(codec.decode(bytes, 0, bytes.length)).isEqualTo("a".repeat(5_000));
	}

	@Test
	void keepsWhatCompressionDoesNotShrinkByATenth() {
		String noise = new Random(1).ints(160, 'A', 'z')
			.filter((character) -> character != '\\')
			.mapToObj(Character::toString)
			.collect(Collectors.joining());
		byte[] bytes = codec(10, 1_000).encode(noise);
		assertThat(bytes).startsWith(0x10);
		assertThat(codec(10, 1_000).decode(bytes, 0, bytes.length)).isEqualTo(noise);
	}

	@Test
	void neverCompressesWithThresholdZero() {
		assertThat(codec(0, 10_000).encode("a".repeat(9_000))).startsWith(0x10).hasSize(9_003);
	}

	@Test
	void readsCompressedValueWhenCompressionIsOff() {
		byte[] bytes = codec(100, 10_000).encode("a".repeat(9_000));
		assertThat(codec(0, 10_000).decode(bytes, 0, bytes.length)).isEqualTo("a".repeat(9_000));
	}

	@Test
	void refusesValueAboveTheLimit() {
		assertThat(codec(0, 1_000).encode("a".repeat(997))).hasSize(1_000);
		assertThatExceptionOfType(ValueTooLargeException.class)
			.isThrownBy(() -> codec(0, 1_000).encode("a".repeat(998)))
			.withMessageContainingAll("cache 'texts'", "1000 bytes")
			.satisfies((ex) -> assertThat(ex.getLimit()).isEqualTo(1_000))
			.satisfies((ex) -> assertThat(ex.getSize()).isGreaterThan(1_000));
	}

	@Test
	void countsTheCompressedSize() {
		assertThat(codec(100, 1_000).encode("a".repeat(7_000))).hasSizeLessThan(100);
		assertThatExceptionOfType(ValueTooLargeException.class)
			.isThrownBy(() -> codec(100, 1_000).encode("a".repeat(8_001)));
	}

	@Test
	void stopsWritingAtTheLimit() {
		List<String> huge = Collections.nCopies(Integer.MAX_VALUE, "abcdefgh");
		ValueCodec codec = this.codecs.codecFor("cache 'lists'",
				List.of(ResolvableType.forClassWithGenerics(List.class, String.class).getType()));
		assertThatExceptionOfType(ValueTooLargeException.class).isThrownBy(() -> codec.encode(huge));
	}

	@Test
	void doesNotReadValueAboveTheLimit() {
		byte[] bytes = codec(0, 1_000).encode("a".repeat(900));
		assertThatExceptionOfType(UnreadableValueException.class)
			.isThrownBy(() -> codec(0, 500).decode(bytes, 0, bytes.length));
	}

	@Test
	void refusesLimitThatIsNotPositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> codec(0, 0))
			.withMessage("'maxValueSize' must be greater than zero but was 0");
	}

	private ValueCodec codec(long compressAbove, long maxValueSize) {
		return this.codecs.codecFor("cache 'texts'", List.of(String.class), DataSize.ofBytes(compressAbove),
				DataSize.ofBytes(maxValueSize));
	}

}
