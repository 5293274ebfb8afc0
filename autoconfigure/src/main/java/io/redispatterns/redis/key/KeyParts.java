package io.redispatterns.redis.key;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.cache.interceptor.SimpleKey;

/**
 * Parts of the types that show them only to reflection: the components of a record and
 * the parameters of Spring's {@link SimpleKey}.
 * <p>
 * A record is read by its fields, because its {@code equals} compares fields and an
 * accessor may hide a part of one. In a native image records need hints for their fields.
 */
final class KeyParts {

	private static final ClassValue<Field[]> COMPONENTS = new ClassValue<>() {

		@Override
		protected Field[] computeValue(Class<?> type) {
			return components(type);
		}

	};

	private KeyParts() {
	}

	static @Nullable Object[] of(Record argument) {
		Field[] components = COMPONENTS.get(argument.getClass());
		@Nullable Object[] parts = new Object[components.length];
		for (int i = 0; i < parts.length; i++) {
			parts[i] = read(components[i], argument);
		}
		return parts;
	}

	static @Nullable Object[] of(SimpleKey argument) {
		return (@Nullable Object[]) Objects.requireNonNull(read(SimpleKeyParameters.FIELD, argument));
	}

	private static Field[] components(Class<?> type) {
		RecordComponent[] components = type.getRecordComponents();
		Field[] fields = new Field[components.length];
		try {
			for (int i = 0; i < fields.length; i++) {
				fields[i] = type.getDeclaredField(components[i].getName());
				fields[i].setAccessible(true);
			}
			return fields;
		}
		catch (NoSuchFieldException | InaccessibleObjectException ex) {
			throw new KeyArgumentException(type, "its components cannot be read (" + ex.getMessage() + ")", ex);
		}
	}

	private static @Nullable Object read(Field field, Object argument) {
		try {
			return field.get(argument);
		}
		catch (IllegalAccessException ex) {
			throw new KeyArgumentException(argument.getClass(), "its parts cannot be read", ex);
		}
	}

	private static final class SimpleKeyParameters {

		static final Field FIELD = field();

		private static Field field() {
			try {
				// Constant class and name: a native image finds this without a hint
				Field field = SimpleKey.class.getDeclaredField("params");
				field.setAccessible(true);
				return field;
			}
			catch (NoSuchFieldException ex) {
				throw new IllegalStateException("SimpleKey of this Spring Framework has no 'params':"
						+ " keys of methods with several parameters cannot be made", ex);
			}
		}

	}

}
