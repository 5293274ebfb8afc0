package io.redispatterns.codec.json;

import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.springframework.util.ClassUtils;

/**
 * The closed sets of classes: for each declared type, the classes that its values may be
 * of and the names by which the data may choose among them.
 */
final class ClosedTypes {

	/**
	 * What an untyped value may be made of.
	 */
	static final Set<Class<?>> SCALARS = Set.of(String.class, Boolean.class, Character.class, Byte.class, Short.class,
			Integer.class, Long.class, Float.class, Double.class, BigInteger.class, BigDecimal.class, UUID.class,
			Date.class, Instant.class, LocalDate.class, LocalTime.class, LocalDateTime.class, OffsetTime.class,
			OffsetDateTime.class, ZonedDateTime.class, Year.class, YearMonth.class, MonthDay.class, Duration.class,
			Period.class, ZoneId.class, ZoneOffset.class, byte[].class);

	/**
	 * What the keys of an untyped map may be, besides strings.
	 */
	static final Set<Class<?>> KEYS = Set.of(Boolean.class, Byte.class, Short.class, Integer.class, Long.class,
			Float.class, Double.class, UUID.class, LocalDate.class, LocalDateTime.class, Instant.class, Year.class,
			YearMonth.class);

	private final Set<Class<?>> allowed;

	ClosedTypes(Collection<Class<?>> allowed) {
		this.allowed = Set.copyOf(allowed);
	}

	/**
	 * Whether values of this declared type need to tell their class.
	 */
	boolean isOpen(Class<?> declared) {
		if (declared.isPrimitive() || declared.isArray() || declared.isEnum() || SCALARS.contains(declared)) {
			return false;
		}
		return isSealed(declared) || Modifier.isAbstract(declared.getModifiers()) || declared == Object.class;
	}

	boolean isAllowed(Class<?> type) {
		return this.allowed.contains(type);
	}

	boolean isAllowed(String className) {
		return this.allowed.stream().anyMatch((type) -> type.getName().equals(className));
	}

	boolean holdsCollections(Class<?> declared) {
		return declared == Object.class || declared == java.io.Serializable.class;
	}

	/**
	 * Return the classes of an open type by the name that the data uses.
	 */
	Map<String, Class<?>> membersOf(Class<?> declared) {
		Set<Class<?>> leaves = new LinkedHashSet<>();
		if (isSealed(declared)) {
			addLeaves(declared, leaves);
		}
		Map<String, Class<?>> members = byName(leaves);
		if (!isSealed(declared)) {
			SCALARS.stream()
				.filter((scalar) -> declared.isAssignableFrom(scalar))
				.forEach((scalar) -> members.put(scalar.getSimpleName(), scalar));
		}
		for (Class<?> type : this.allowed) {
			if (declared.isAssignableFrom(type) && !isSealed(type)) {
				members.putIfAbsent(type.getName(), type);
			}
		}
		return members;
	}

	private void addLeaves(Class<?> type, Set<Class<?>> leaves) {
		if (!Modifier.isAbstract(type.getModifiers()) || type.isEnum()) {
			leaves.add(type);
		}
		if (isSealed(type)) {
			for (Class<?> permitted : type.getPermittedSubclasses()) {
				addLeaves(permitted, leaves);
			}
		}
	}

	private static Map<String, Class<?>> byName(Set<Class<?>> types) {
		Map<String, Class<?>> members = new LinkedHashMap<>();
		for (Class<?> type : types) {
			boolean unique = types.stream().filter((other) -> simpleName(other).equals(simpleName(type))).count() == 1;
			members.put(unique ? simpleName(type) : type.getName(), type);
		}
		return members;
	}

	private static String simpleName(Class<?> type) {
		return ClassUtils.getShortName(type).substring(ClassUtils.getShortName(type).lastIndexOf('.') + 1);
	}

	// An enum with constant bodies is sealed, too
	private static boolean isSealed(Class<?> type) {
		return type.isSealed() && !type.isEnum();
	}

}
