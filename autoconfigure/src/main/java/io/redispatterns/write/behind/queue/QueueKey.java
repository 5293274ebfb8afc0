package io.redispatterns.write.behind.queue;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Keys of changes as texts from which they come back: a letter for the type, and the
 * value.
 */
public final class QueueKey {

	private static final Set<Class<?>> TYPES = Set.of(String.class, Integer.class, Long.class, UUID.class);

	private QueueKey() {
	}

	/**
	 * Whether a change can have such a key.
	 * @param key what identifies a row
	 * @return {@code true} for texts, whole numbers and UUIDs
	 */
	public static boolean isPossible(@Nullable Object key) {
		return key != null && TYPES.contains(key.getClass());
	}

	/**
	 * Write a key.
	 * @param key what identifies a row
	 * @return its text
	 * @throws IllegalArgumentException for a key of another type, from which it could not
	 * be restored
	 */
	static String write(@Nullable Object key) {
		if (!isPossible(key)) {
			throw new IllegalArgumentException("The key of a change must be a String, Integer, Long or UUID but was "
					+ ((key != null) ? "of type " + key.getClass().getName() : "null")
					+ ": make a text of what identifies the row");
		}
		return letter(key) + String.valueOf(key);
	}

	static Object read(String text) {
		String value = text.substring(1);
		return switch (text.charAt(0)) {
			case 'i' -> Integer.valueOf(value);
			case 'l' -> Long.valueOf(value);
			case 'u' -> UUID.fromString(value);
			default -> value;
		};
	}

	static byte[] bytes(Object value) {
		return String.valueOf(value).getBytes(StandardCharsets.UTF_8);
	}

	private static char letter(@Nullable Object key) {
		if (key instanceof Integer) {
			return 'i';
		}
		if (key instanceof Long) {
			return 'l';
		}
		return (key instanceof UUID) ? 'u' : 's';
	}

}
