package io.redispatterns.redis.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Names of the keys of one {@link Keys} within this process: objects that are equal
 * exactly when the keys are, made of an argument or of the bytes of its key. A whole
 * number, and a text that is written as it is, are their own names: to look for one costs
 * no bytes.
 */
public final class KeyNames {

	private final Keys keys;

	private final byte[] open;

	/**
	 * Create the names of the keys of a cache.
	 * @param keys the keys, in which every argument carries its type
	 */
	public KeyNames(Keys keys) {
		this.keys = keys;
		this.open = (keys.prefix() + "{").getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Whether an argument is the name of its key, if one that is equal is any name.
	 */
	public static boolean canBeItsOwn(Object argument) {
		return argument instanceof String || argument instanceof Integer || argument instanceof Long;
	}

	/**
	 * The name of the key of an argument.
	 * @param argument what identifies the entry
	 * @return the name
	 * @throws KeyArgumentException if no key is made from such an argument
	 */
	public Object of(Object argument) {
		if (argument instanceof Integer || argument instanceof Long
				|| (argument instanceof String text && KeyBuffer.isItsOwnForm(text, KeyBuffer.TEXT))) {
			return argument;
		}
		return ofKey(key(argument));
	}

	/**
	 * The key of an argument.
	 * @param argument what identifies the entry
	 * @return the key
	 */
	public byte[] key(Object argument) {
		return this.keys.key(argument);
	}

	/**
	 * The name of a key.
	 * @param key the key, of which the name may hold the array
	 * @return the name
	 */
	public Object ofKey(byte[] key) {
		int begin = this.open.length;
		int end = key.length - 1;
		if (end - begin >= 2 && key[end] == '}' && Arrays.mismatch(this.open, key) == begin) {
			String text = new String(key, begin + 1, end - begin - 1, StandardCharsets.ISO_8859_1);
			Object own = own(key[begin], text);
			if (own != null && own.toString().equals(text)) {
				return own;
			}
		}
		return ByteBuffer.wrap(key);
	}

	private static @Nullable Object own(int type, String text) {
		if (type == 's') {
			return KeyBuffer.isItsOwnForm(text, KeyBuffer.TEXT) ? text : null;
		}
		try {
			return (type == 'i') ? Integer.valueOf(text) : (type == 'l') ? (Object) Long.valueOf(text) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
