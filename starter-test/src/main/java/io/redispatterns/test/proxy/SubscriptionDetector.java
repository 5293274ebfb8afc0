package io.redispatterns.test.proxy;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Finds a subscription in a stream of requests that arrives in pieces.
 */
final class SubscriptionDetector {

	private static final Pattern FRAME = Pattern.compile("\\$(9\r\n|10\r\n[ps])subscribe\r\n",
			Pattern.CASE_INSENSITIVE);

	private static final int LONGEST_FRAME = "$10\r\npsubscribe\r\n".length();

	private String tail = "";

	private volatile boolean found;

	void read(byte[] bytes) {
		if (this.found) {
			return;
		}
		String text = this.tail + new String(bytes, StandardCharsets.ISO_8859_1);
		this.found = FRAME.matcher(text).find();
		this.tail = text.substring(Math.max(0, text.length() - LONGEST_FRAME));
	}

	boolean found() {
		return this.found;
	}

}
