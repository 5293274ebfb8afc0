package io.redispatterns.session.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.redispatterns.codec.UnreadableValueException;

/**
 * Bytes that begin with a word and a space: those of one value, or of several, each with
 * its length in four bytes before it.
 */
final class Parts {

	private static final int MAX_WORD = 512;

	private Parts() {
	}

	static byte[] of(String word, byte[] value) {
		byte[] begin = begin(word);
		byte[] bytes = Arrays.copyOf(begin, begin.length + value.length);
		System.arraycopy(value, 0, bytes, begin.length, value.length);
		return bytes;
	}

	static byte[] of(String word, List<byte[]> values) {
		byte[] begin = begin(word);
		int size = begin.length + values.stream().mapToInt((value) -> Integer.BYTES + value.length).sum();
		ByteBuffer bytes = ByteBuffer.allocate(size).put(begin);
		values.forEach((value) -> bytes.putInt(value.length).put(value));
		return bytes.array();
	}

	private static byte[] begin(String word) {
		return (word + " ").getBytes(StandardCharsets.UTF_8);
	}

	static String word(byte[] bytes) {
		for (int i = 0; i < Math.min(bytes.length, MAX_WORD); i++) {
			if (bytes[i] == ' ') {
				return new String(bytes, 0, i, StandardCharsets.UTF_8);
			}
		}
		throw unreadable(bytes.length);
	}

	static int begin(byte[] bytes) {
		return word(bytes).getBytes(StandardCharsets.UTF_8).length + 1;
	}

	static List<byte[]> split(byte[] bytes) {
		int begin = begin(bytes);
		ByteBuffer left = ByteBuffer.wrap(bytes, begin, bytes.length - begin);
		List<byte[]> values = new ArrayList<>();
		while (left.hasRemaining()) {
			int length = (left.remaining() >= Integer.BYTES) ? left.getInt() : -1;
			if (length < 0 || length > left.remaining()) {
				throw unreadable(bytes.length);
			}
			byte[] value = new byte[length];
			left.get(value);
			values.add(value);
		}
		return values;
	}

	static UnreadableValueException unreadable(int length) {
		return new UnreadableValueException("a session", length, "this is no value that may be stored");
	}

}
