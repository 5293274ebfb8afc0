package io.redispatterns.cache.value;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.redis.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ValueVersion}.
 */
class ValueVersionTests {

	private static final Instant TIME = Instant.parse("2026-02-01T12:00:00.123456789Z");

	private static final long MICROS = TIME.getEpochSecond() * 1_000_000 + 123_456;

	@Test
	void givesWholeNumbers() {
		assertThat(expressed(7)).isEqualTo(7);
		assertThat(expressed((short) -7)).isEqualTo(-7);
		assertThat(expressed((byte) 7)).isEqualTo(7);
		assertThat(expressed(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
		assertThat(expressed(BigInteger.valueOf(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
		assertThat(expressed(null)).isNull();
	}

	static Stream<Object> times() {
		ZonedDateTime zoned = TIME.atZone(ZoneId.of("Europe/Berlin"));
		return Stream.of(TIME, zoned, zoned.toOffsetDateTime(), LocalDateTime.ofInstant(TIME, ZoneOffset.UTC),
				Timestamp.from(TIME));
	}

	@ParameterizedTest
	@MethodSource("times")
	void givesMicrosecondsOfAPointInTime(Object time) {
		assertThat(expressed(time)).isEqualTo(MICROS);
	}

	@Test
	void givesMillisecondsOfADateAsMicroseconds() {
		assertThat(expressed(Date.from(TIME))).isEqualTo(MICROS / 1000 * 1000);
		assertThat(expressed(new java.sql.Date(5))).isEqualTo(5000);
	}

	@Test
	void keepsTheOrderBefore1970() {
		assertThat(expressed(Instant.ofEpochSecond(-1, 999_999_000))).isEqualTo(-1);
		assertThat(expressed(Instant.ofEpochSecond(-1))).isEqualTo(-1_000_000);
	}

	@ParameterizedTest
	@MethodSource("unordered")
	void refusesWhatHasNoOrder(Object version) {
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> expressed(version))
			.withMessageContaining("cache 'tracks'")
			.withMessageContaining("64 bits")
			.withMessageContaining(version.getClass().getName());
	}

	static Stream<Object> unordered() {
		return Stream.of("7", 0.5, BigDecimal.ONE, true, LocalDate.EPOCH, List.of(1), BigInteger.TWO.pow(63),
				Instant.MAX, OffsetDateTime.MIN, LocalDateTime.MAX);
	}

	@Test
	void namesCacheAndExpressionThatDoesNotFit() {
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> version("missing").of(new Held(1)))
			.withMessageContaining("cache 'tracks'")
			.withMessageContaining("the version expression 'missing'");
	}

	@Test
	void namesThePropertyWhenTheExpressionDoesNotParse() {
		for (String bad : List.of("a b", "", " ")) {
			assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> version(bad))
				.satisfies((ex) -> assertThat(ex.key()).isEqualTo("the.key"));
		}
	}

	static Stream<Object> annotated() {
		return Stream.of(new OfRecord("a", 7), new OfField(), new Below(), new OfGetter(), new OfSpring(),
				new OfComponent(7));
	}

	@ParameterizedTest
	@MethodSource("annotated")
	void findsWhatIsAnnotatedInPackagesOfAnyName(Object value) {
		ValueVersion version = ValueVersion.of("tracks", "the.key", null);
		assertThat(version.of(value)).isEqualTo(7);
		assertThat(version.of(value)).isEqualTo(7);
	}

	static Stream<Object> unversioned() {
		return Stream.of(new Held(1), List.of(new OfField()), Map.of(1, new OfField()), Optional.of(new OfField()),
				"text", 1, new Several(), new OfText("7"));
	}

	@ParameterizedTest
	@MethodSource("unversioned")
	void findsNothingElse(Object value) {
		assertThat(ValueVersion.of("tracks", "the.key", null).of(value)).isNull();
	}

	@Test
	void findsNothingInAnArray() {
		assertThat(ValueVersion.of("tracks", "the.key", null).of(new OfField[] { new OfField() })).isNull();
	}

	@Test
	void asksTheExpressionBeforeTheAnnotation() {
		assertThat(version("other").of(new OfRecord(3, 7))).isEqualTo(3);
		assertThat(version("null").of(new OfRecord(3, 7))).isNull();
	}

	private static Long expressed(Object held) {
		return version("held").of(new Held(held));
	}

	private static ValueVersion version(String expression) {
		return ValueVersion.of("tracks", "the.key", expression);
	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Version {

	}

	record Held(Object held) {

	}

	record OfRecord(Object other, @Version long version) {

	}

	record OfText(@Version String version) {

	}

	static class OfField {

		@Version
		static final long NONE = 8;

		@Version
		private final int revision = 7;

	}

	static class Below extends OfField {

		final int revision = 8;

	}

	static class OfGetter {

		@Version
		public Instant getUpdated() {
			return Instant.ofEpochSecond(0, 7000);
		}

		@Version
		public int of(int other) {
			return other;
		}

	}

	static class OfSpring {

		@org.springframework.data.annotation.Version
		private final Long revision = 7L;

	}

	record OfComponent(@ComponentOnly.Version int version) {

	}

	@interface ComponentOnly {

		@Retention(RetentionPolicy.RUNTIME)
		@java.lang.annotation.Target(java.lang.annotation.ElementType.RECORD_COMPONENT)
		@interface Version {

		}

	}

	static class Several extends HashMap<String, String> {

		@Version
		private final int revision = 7;

	}

}
