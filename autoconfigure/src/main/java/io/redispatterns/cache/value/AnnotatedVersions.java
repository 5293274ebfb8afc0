package io.redispatterns.cache.value;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.ReflectionUtils;

/**
 * Versions of values whose class, or a class above it, has a field, a record component or
 * a getter with an annotation named {@code Version}, of whichever package. It is looked
 * for once in a class.
 */
final class AnnotatedVersions {

	private final Map<Class<?>, Optional<Function<Object, @Nullable Object>>> found = new ConcurrentReferenceHashMap<>();

	/**
	 * What is annotated.
	 * @return its value, {@code null} when nothing is, or for what holds several values
	 */
	@Nullable Object of(Object value) {
		Function<Object, @Nullable Object> read = this.found
			.computeIfAbsent(value.getClass(), (type) -> Optional.ofNullable(find(type)))
			.orElse(null);
		return (read != null) ? read.apply(value) : null;
	}

	private static @Nullable Function<Object, @Nullable Object> find(Class<?> type) {
		if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
			return null;
		}
		Function<Object, @Nullable Object> read = null;
		for (Class<?> each = type; each != null && read == null
				&& !each.getName().startsWith("java."); each = each.getSuperclass()) {
			read = declared(each);
		}
		return read;
	}

	private static @Nullable Function<Object, @Nullable Object> declared(Class<?> type) {
		for (Field field : type.getDeclaredFields()) {
			if (isVersion(field) && !Modifier.isStatic(field.getModifiers()) && field.trySetAccessible()) {
				return (value) -> ReflectionUtils.getField(field, value);
			}
		}
		for (Method method : type.getDeclaredMethods()) {
			if (isVersion(method) && isGetter(method) && method.trySetAccessible()) {
				return (value) -> ReflectionUtils.invokeMethod(method, value);
			}
		}
		RecordComponent[] components = type.getRecordComponents();
		for (RecordComponent component : (components != null) ? components : new RecordComponent[0]) {
			if (isVersion(component) && component.getAccessor().trySetAccessible()) {
				return (value) -> ReflectionUtils.invokeMethod(component.getAccessor(), value);
			}
		}
		return null;
	}

	private static boolean isGetter(Method method) {
		return method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers()) && !method.isBridge();
	}

	private static boolean isVersion(AnnotatedElement element) {
		return Arrays.stream(element.getAnnotations())
			.anyMatch((annotation) -> annotation.annotationType().getSimpleName().equals("Version"));
	}

}
