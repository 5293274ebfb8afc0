package io.redispatterns.redis.key;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of one cache or of one {@linkplain KeySpace#kind kind}, made from arguments.
 * <p>
 * Two arguments share a key exactly when they are of the same type and equal; no key of
 * one instance is a key of another. What stands between the braces is the hash tag, so a
 * key and its {@linkplain #beside companions} are in one cluster slot. Safe for use by
 * many threads; each array belongs to the caller.
 */
public final class Keys {

	private static final byte[] NOTHING = {};

	private final KeyEncoder encoder;

	private final String prefix;

	private final byte[] textOpen;

	private final byte[] open;

	private final byte[] close;

	private final byte[] tagOpen;

	private final byte[] generation;

	private Keys(KeyEncoder encoder, String prefix, String textOpen, String open, String close) {
		this.encoder = encoder;
		this.prefix = prefix;
		this.textOpen = utf8(prefix + textOpen);
		this.open = utf8(prefix + open);
		this.close = utf8(close);
		this.tagOpen = utf8(prefix + "~t:");
		this.generation = utf8(prefix + "~g");
	}

	/**
	 * Returns the text that every key of this instance starts with, a colon at its end.
	 * @return the namespace and the name of the cache or kind
	 */
	public String prefix() {
		return this.prefix;
	}

	/**
	 * Returns the key of an argument.
	 * @param argument what identifies the entry
	 * @return the key
	 * @throws KeyArgumentException if the argument is of a type that no key is made from,
	 * contains such a type or contains itself
	 */
	public byte[] key(Object argument) {
		return key(argument, NOTHING);
	}

	/**
	 * Returns a key that stands beside the key of an argument, in the same slot.
	 * @param argument what identifies the entry
	 * @param suffix what the key is for, usually a literal
	 * @return the key with the suffix behind it
	 * @throws KeyArgumentException if no key is made from such an argument
	 */
	public byte[] key(Object argument, String suffix) {
		return key(argument, tail(suffix));
	}

	/**
	 * Returns the key that stands beside a key made earlier: the same as
	 * {@link #key(Object, String)}, without the cost of the argument.
	 * @param key a key without a suffix
	 * @param suffix what the key is for, usually a literal
	 * @return the key with the suffix behind it, in the same slot
	 */
	public static byte[] beside(byte[] key, String suffix) {
		if (suffix.length() == 1 && KeyBuffer.isItsOwnForm(suffix, KeyBuffer.NAME)) {
			byte[] result = Arrays.copyOf(key, key.length + 2);
			result[key.length] = ':';
			result[key.length + 1] = (byte) suffix.charAt(0);
			return result;
		}
		byte[] tail = tail(suffix);
		byte[] result = Arrays.copyOf(key, key.length + tail.length);
		System.arraycopy(tail, 0, result, key.length, tail.length);
		return result;
	}

	/**
	 * Returns the key of the counter that a clear of all entries raises.
	 * @return the key, in a slot of its own
	 */
	public byte[] generation() {
		return this.generation.clone();
	}

	/**
	 * Returns the key of the counter that a clear of all entries with one tag raises.
	 * @param tag any text
	 * @return the key, in a slot of its own
	 */
	public byte[] tag(String tag) {
		return join(this.tagOpen, KeyBuffer.segment(tag, KeyBuffer.TEXT), 0, NOTHING, NOTHING);
	}

	static Keys typed(KeyEncoder encoder, String prefix) {
		return new Keys(encoder, prefix, "{s", "{", "}");
	}

	static Keys plain(KeyEncoder encoder, String prefix) {
		return new Keys(encoder, prefix, "{", "{(", ")}");
	}

	private byte[] key(Object argument, byte[] tail) {
		if (argument instanceof Integer number) {
			return number('i', number, tail);
		}
		if (argument instanceof Long number) {
			return number('l', number, tail);
		}
		if (argument instanceof String text && KeyBuffer.isItsOwnForm(text, KeyBuffer.TEXT)) {
			return text(text, tail);
		}
		byte[] encoded = this.encoder.encode(argument);
		if (KeyBuffer.isTypedText(argument, encoded)) {
			return join(this.textOpen, encoded, 1, new byte[] { '}' }, tail);
		}
		return join(this.open, encoded, 0, this.close, tail);
	}

	private byte[] number(char type, long value, byte[] tail) {
		int digits = (value < 0) ? 2 : 1;
		for (long rest = value / 10; rest != 0; rest /= 10) {
			digits++;
		}
		int end = this.open.length + 1 + digits;
		byte[] key = allocate(this.open, end + this.close.length, this.close, tail);
		key[this.open.length] = (byte) type;
		long rest = value;
		do {
			key[--end] = (byte) ('0' + Math.abs(rest % 10));
			rest /= 10;
		}
		while (rest != 0);
		if (value < 0) {
			key[--end] = '-';
		}
		return key;
	}

	private byte[] text(String text, byte[] tail) {
		int start = this.textOpen.length;
		byte[] key = new byte[start + text.length() + 1 + tail.length];
		System.arraycopy(this.textOpen, 0, key, 0, start);
		for (int i = 0; i < text.length(); i++) {
			key[start + i] = (byte) text.charAt(i);
		}
		key[start + text.length()] = '}';
		System.arraycopy(tail, 0, key, key.length - tail.length, tail.length);
		return key;
	}

	private static byte[] join(byte[] open, byte[] encoded, int from, byte[] close, byte[] tail) {
		int size = encoded.length - from;
		byte[] key = allocate(open, open.length + size + close.length, close, tail);
		System.arraycopy(encoded, from, key, open.length, size);
		return key;
	}

	private static byte[] allocate(byte[] open, int size, byte[] close, byte[] tail) {
		byte[] key = new byte[size + tail.length];
		System.arraycopy(open, 0, key, 0, open.length);
		System.arraycopy(close, 0, key, size - close.length, close.length);
		System.arraycopy(tail, 0, key, size, tail.length);
		return key;
	}

	private static byte[] tail(String suffix) {
		String plain = KeyBuffer.isItsOwnForm(suffix, KeyBuffer.NAME) ? suffix
				: new String(KeyBuffer.segment(suffix, KeyBuffer.NAME), StandardCharsets.UTF_8);
		return utf8(":" + plain);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
