package io.redispatterns.ratelimit.client;

import org.jspecify.annotations.Nullable;

/**
 * The text of an IPv4 address: four decimal numbers. A leading zero is refused, as some
 * read an octal number there.
 */
final class Ipv4Text {

	static final int BYTES = 4;

	private Ipv4Text() {
	}

	static byte @Nullable [] parse(String text) {
		String[] parts = text.split("\\.", -1);
		if (parts.length != BYTES) {
			return null;
		}
		byte[] bytes = new byte[BYTES];
		for (int i = 0; i < BYTES; i++) {
			int number = number(parts[i]);
			if (number < 0) {
				return null;
			}
			bytes[i] = (byte) number;
		}
		return bytes;
	}

	static String format(byte[] bytes) {
		StringBuilder text = new StringBuilder();
		for (byte each : bytes) {
			text.append(text.isEmpty() ? "" : ".").append(each & 0xFF);
		}
		return text.toString();
	}

	private static int number(String part) {
		if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
			return -1;
		}
		int number = 0;
		for (int i = 0; i < part.length(); i++) {
			char digit = part.charAt(i);
			if (digit < '0' || digit > '9') {
				return -1;
			}
			number = number * 10 + digit - '0';
		}
		return (number <= 0xFF) ? number : -1;
	}

}
