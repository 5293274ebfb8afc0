package io.redispatterns.cache.value;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.chrono.ChronoLocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Date;

import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.redis.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * Version of a value: what an expression on it gives or, without one, what its class has
 * annotated as its {@code Version}. A whole number, or a point in time.
 */
public final class ValueVersion {

	private final String cache;

	private final @Nullable ValueExpression expression;

	private final AnnotatedVersions annotated = new AnnotatedVersions();

	private ValueVersion(String cache, @Nullable ValueExpression expression) {
		this.cache = cache;
		this.expression = expression;
	}

	/**
	 * Parse an expression.
	 * @param cache name of the cache, for messages
	 * @param property where the expression was set
	 * @param expression the expression, {@code null} for what is annotated
	 * @return the version
	 * @throws InvalidSettingException when the expression does not parse
	 */
	public static ValueVersion of(String cache, String property, @Nullable String expression) {
		return new ValueVersion(cache,
				(expression != null) ? ValueExpression.parse(property, expression, "\"updatedAt\"") : null);
	}

	/**
	 * The version of a value.
	 * @param value the value
	 * @return a number that is higher for a newer state, in microseconds when it stands
	 * for a point in time; {@code null} when the value has none
	 * @throws ValueCodecException when the expression does not fit the value, or gives
	 * what has no order
	 */
	public @Nullable Long of(Object value) {
		if (this.expression == null) {
			return number(this.annotated.of(value));
		}
		Object result = this.expression.of(this.cache, "version", value);
		Long number = number(result);
		if (number == null && result != null) {
			throw new ValueCodecException(
					"cache '%s' cannot store a '%s': 'version' must give a whole number of 64 bits or a point in time but gave a '%s'"
						.formatted(this.cache, value.getClass().getName(), result.getClass().getName()));
		}
		return number;
	}

	private static @Nullable Long number(@Nullable Object version) {
		if (version instanceof Long || version instanceof Integer || version instanceof Short
				|| version instanceof Byte) {
			return ((Number) version).longValue();
		}
		try {
			return (version instanceof BigInteger number) ? (Long) number.longValueExact() : micros(version);
		}
		catch (ArithmeticException | DateTimeException ex) {
			return null;
		}
	}

	private static @Nullable Long micros(@Nullable Object time) {
		if (time instanceof Date date) {
			return micros(date);
		}
		if (time instanceof ChronoLocalDateTime<?> local) {
			return micros(local.toInstant(ZoneOffset.UTC));
		}
		return (time instanceof TemporalAccessor other && other.isSupported(ChronoField.INSTANT_SECONDS))
				? (Long) micros(Instant.from(other)) : null;
	}

	private static long micros(Date date) {
		try {
			// Of a SQL timestamp, below its milliseconds too
			return micros(date.toInstant());
		}
		catch (UnsupportedOperationException ex) {
			return Math.multiplyExact(date.getTime(), 1000L);
		}
	}

	private static long micros(Instant time) {
		return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000L);
	}

}
