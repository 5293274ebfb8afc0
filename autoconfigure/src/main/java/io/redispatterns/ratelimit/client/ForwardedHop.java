package io.redispatterns.ratelimit.client;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads what one proxy has put into a header: the address of its other end.
 * <p>
 * What does not match the grammar to the letter is no address. A list is split at each
 * comma, also at one within quotes: a quote that a client has opened must not swallow
 * what a proxy has added.
 */
final class ForwardedHop {

	private static final Pattern PAIR = Pattern
		.compile("\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([!#$%&'*+.^_`|~0-9A-Za-z:\\[\\]-]+|\"[^\"\\\\]*\")\\s*");

	private static final Pattern PORT = Pattern.compile(":(?:[0-9]{1,5}|_[A-Za-z0-9._-]{1,32})");

	private ForwardedHop() {
	}

	/**
	 * Read an element of {@code X-Forwarded-For} or a header like it.
	 * @return the address, {@code null} when it is hidden, unknown or none
	 */
	static @Nullable IpAddress plain(String element) {
		return address(element.strip());
	}

	/**
	 * Read an element of {@code Forwarded}, as RFC 7239 defines it.
	 * @return the address, {@code null} when it is hidden, unknown or none
	 */
	static @Nullable IpAddress standard(String element) {
		String node = null;
		for (String text : element.split(";", -1)) {
			var pair = PAIR.matcher(text);
			if (!pair.matches()) {
				return null;
			}
			if (pair.group(1).equalsIgnoreCase("for")) {
				if (node != null) {
					return null;
				}
				node = pair.group(2);
			}
		}
		return (node != null) ? address(node.startsWith("\"") ? node.substring(1, node.length() - 1) : node) : null;
	}

	private static @Nullable IpAddress address(String node) {
		if (node.startsWith("[")) {
			int end = node.indexOf(']');
			boolean whole = end == node.length() - 1 || (end > 0 && isPort(node.substring(end + 1)));
			String inner = whole ? node.substring(1, end) : "";
			return (inner.indexOf(':') >= 0) ? IpAddress.parse(inner) : null;
		}
		int colon = node.indexOf(':');
		if (colon >= 0 && colon == node.lastIndexOf(':')) {
			return isPort(node.substring(colon)) ? IpAddress.parse(node.substring(0, colon)) : null;
		}
		return IpAddress.parse(node);
	}

	private static boolean isPort(String text) {
		return PORT.matcher(text).matches();
	}

}
