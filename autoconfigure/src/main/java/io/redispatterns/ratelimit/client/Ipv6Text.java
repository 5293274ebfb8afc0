package io.redispatterns.ratelimit.client;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The text of an IPv6 address: read as RFC 4291 allows, a zone is dropped, and written as
 * RFC 5952 asks for.
 */
final class Ipv6Text {

	static final int BYTES = 16;

	private static final int GROUPS = 8;

	private Ipv6Text() {
	}

	static byte @Nullable [] parse(String text) {
		int zone = text.indexOf('%');
		String address = (zone >= 0) ? text.substring(0, zone) : text;
		int gap = address.indexOf("::");
		if (gap < 0) {
			byte[] all = groups(address, true);
			return (all != null && all.length == BYTES) ? all : null;
		}
		byte[] head = groups(address.substring(0, gap), false);
		byte[] tail = groups(address.substring(gap + 2), true);
		if (head == null || tail == null || head.length + tail.length > BYTES - 2) {
			return null;
		}
		byte[] bytes = Arrays.copyOf(head, BYTES);
		System.arraycopy(tail, 0, bytes, BYTES - tail.length, tail.length);
		return bytes;
	}

	static String format(byte[] bytes) {
		int[] groups = new int[GROUPS];
		for (int i = 0; i < GROUPS; i++) {
			groups[i] = (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
		}
		int begin = 0;
		int length = 0;
		for (int i = 0; i < GROUPS; i++) {
			int zeros = 0;
			while (i + zeros < GROUPS && groups[i + zeros] == 0) {
				zeros++;
			}
			if (zeros > length) {
				begin = i;
				length = zeros;
			}
		}
		if (length < 2) {
			return hex(groups, 0, GROUPS);
		}
		return hex(groups, 0, begin) + "::" + hex(groups, begin + length, GROUPS);
	}

	private static String hex(int[] groups, int from, int to) {
		StringBuilder text = new StringBuilder();
		for (int i = from; i < to; i++) {
			text.append((i > from) ? ":" : "").append(Integer.toHexString(groups[i]));
		}
		return text.toString();
	}

	private static byte @Nullable [] groups(String text, boolean last) {
		if (text.isEmpty()) {
			return new byte[0];
		}
		String[] parts = text.split(":", -1);
		if (parts.length > GROUPS) {
			return null;
		}
		byte[] bytes = new byte[BYTES];
		int length = 0;
		for (int i = 0; i < parts.length; i++) {
			byte[] part = (last && i == parts.length - 1 && parts[i].indexOf('.') >= 0) ? Ipv4Text.parse(parts[i])
					: group(parts[i]);
			if (part == null || length + part.length > BYTES) {
				return null;
			}
			System.arraycopy(part, 0, bytes, length, part.length);
			length += part.length;
		}
		return Arrays.copyOf(bytes, length);
	}

	private static byte @Nullable [] group(String part) {
		if (part.isEmpty() || part.length() > 4) {
			return null;
		}
		int value = 0;
		for (int i = 0; i < part.length(); i++) {
			int digit = (part.charAt(i) < 0x80) ? Character.digit(part.charAt(i), 16) : -1;
			if (digit < 0) {
				return null;
			}
			value = value << 4 | digit;
		}
		return new byte[] { (byte) (value >> 8), (byte) value };
	}

}
