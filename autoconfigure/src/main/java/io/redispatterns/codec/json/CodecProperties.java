package io.redispatterns.codec.json;

import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.ClassUtils;

/**
 * Properties of stored values.
 *
 * @param allowedTypes Fully qualified names of the concrete or sealed classes that values
 * of an open type, such as Object, may be of.
 */
@ConfigurationProperties("redis.codec")
record CodecProperties(@DefaultValue List<String> allowedTypes) {

	Set<Class<?>> allowedClasses() {
		Set<Class<?>> classes = new LinkedHashSet<>();
		this.allowedTypes.forEach((name) -> classes.add(allowedClass(name)));
		return classes;
	}

	private static Class<?> allowedClass(String name) {
		try {
			Class<?> type = ClassUtils.forName(name, null);
			if (type.isSealed() || type.isEnum() || !Modifier.isAbstract(type.getModifiers())) {
				return type;
			}
		}
		catch (ClassNotFoundException | LinkageError ex) {
			throw refused(name, "is not on the class path");
		}
		throw refused(name, "is neither concrete nor sealed");
	}

	private static IllegalArgumentException refused(String name, String reason) {
		return new IllegalArgumentException(
				"'redis.codec.allowed-types' must name concrete or sealed classes but was '%s', which %s: correct or remove it"
					.formatted(name, reason));
	}

}
