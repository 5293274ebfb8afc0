package io.redispatterns.redis.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Text forms of the JDK's values, each with its type in front: a lower-case letter, or a
 * class name and a colon. A class is listed only when its text is equal exactly when its
 * values are.
 */
final class KeyLeaf {

	private static final Pattern PERCENT_ESCAPE = Pattern.compile("%[0-9a-fA-F]{2}");

	private static final Map<Class<?>, Function<Object, String>> TEXTS = new HashMap<>();

	static {
		add(Integer.class, "i", Object::toString);
		add(Long.class, "l", Object::toString);
		add(Boolean.class, "b", Object::toString);
		add(Character.class, "c", Object::toString);
		add(UUID.class, "u", Object::toString);
		// The decimal text of a floating-point number differs between Java 17 and 19
		add(Double.class, "d", Double::toHexString);
		add(Float.class, "Float:", Float::toHexString);
		add(Date.class, "Date:", (date) -> Long.toString(date.getTime()));
		add(URI.class, "URI:", KeyLeaf::uri);
		for (Class<?> type : new Class<?>[] { Byte.class, Short.class, BigInteger.class, BigDecimal.class,
				Currency.class, Duration.class, Instant.class, LocalDate.class, LocalDateTime.class, LocalTime.class,
				MonthDay.class, OffsetDateTime.class, OffsetTime.class, Period.class, Year.class, YearMonth.class,
				ZonedDateTime.class }) {
			add(type, type.getSimpleName() + ":", Object::toString);
		}
	}

	private KeyLeaf() {
	}

	static @Nullable String text(Object argument) {
		Function<Object, String> text = TEXTS.get(argument.getClass());
		if (text != null) {
			return text.apply(argument);
		}
		if (argument instanceof Enum<?> constant) {
			return "e" + constant.getDeclaringClass().getName() + "." + constant.name();
		}
		if (argument instanceof Class<?> type) {
			return "Class:" + type.getName();
		}
		if (argument instanceof ZoneId zone) {
			return "ZoneId:" + zone.getId();
		}
		if (argument instanceof Locale locale && Locale.forLanguageTag(locale.toLanguageTag()).equals(locale)) {
			return "Locale:" + locale.toLanguageTag();
		}
		return null;
	}

	private static <T> void add(Class<T> type, String prefix, Function<? super T, String> text) {
		TEXTS.put(type, (value) -> prefix + text.apply(type.cast(value)));
	}

	// Scheme, host and percent-escapes are equal in upper and lower case
	private static String uri(URI uri) {
		StringBuilder text = new StringBuilder();
		if (uri.getScheme() != null) {
			text.append(uri.getScheme().toLowerCase(Locale.ROOT)).append(':');
		}
		if (uri.isOpaque()) {
			text.append(uri.getRawSchemeSpecificPart());
		}
		else {
			append(text, "//", authority(uri));
			text.append(uri.getRawPath());
			append(text, "?", uri.getRawQuery());
		}
		append(text, "#", uri.getRawFragment());
		return PERCENT_ESCAPE.matcher(text).replaceAll((escape) -> escape.group().toUpperCase(Locale.ROOT));
	}

	private static @Nullable String authority(URI uri) {
		if (uri.getHost() == null) {
			return uri.getRawAuthority();
		}
		String user = (uri.getRawUserInfo() != null) ? uri.getRawUserInfo() + "@" : "";
		String port = (uri.getPort() != -1) ? ":" + uri.getPort() : "";
		return user + uri.getHost().toLowerCase(Locale.ROOT) + port;
	}

	private static void append(StringBuilder text, String delimiter, @Nullable String part) {
		if (part != null) {
			text.append(delimiter).append(part);
		}
	}

}
