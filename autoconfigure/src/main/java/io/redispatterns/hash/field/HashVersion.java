package io.redispatterns.hash.field;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.chrono.ChronoLocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * Versions of objects in the form in which scripts compare them: sixteen hexadecimal
 * digits, higher for a newer state, in microseconds where it is a point in time.
 */
public final class HashVersion {

	/**
	 * No version, which no other is compared with.
	 */
	public static final String NONE = "-";

	private HashVersion() {
	}

	/**
	 * Return the form of a version.
	 * @param version a whole number of at most 64 bits or a point in time
	 * @return the form, {@link #NONE} of what has no order
	 */
	public static String of(@Nullable Object version) {
		try {
			Long number = number(version);
			return (number != null) ? HexFormat.of().toHexDigits(number ^ Long.MIN_VALUE) : NONE;
		}
		catch (ArithmeticException | DateTimeException | UnsupportedOperationException ex) {
			return NONE;
		}
	}

	private static @Nullable Long number(@Nullable Object version) {
		if (version instanceof Long || version instanceof Integer || version instanceof Short
				|| version instanceof Byte) {
			return ((Number) version).longValue();
		}
		if (version instanceof Date date) {
			return micros(date.toInstant());
		}
		if (version instanceof ChronoLocalDateTime<?> local) {
			return micros(local.toInstant(ZoneOffset.UTC));
		}
		return (version instanceof TemporalAccessor time && time.isSupported(ChronoField.INSTANT_SECONDS))
				? (Long) micros(Instant.from(time)) : null;
	}

	private static long micros(Instant time) {
		return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000L);
	}

}
