package io.redispatterns.session;

import org.jspecify.annotations.Nullable;

/**
 * Describes what a client uses in a few words, by which its user knows it again.
 */
public final class Devices {

	private static final int MAX_LENGTH = 32;

	/**
	 * What stands for which browser, in this order: most name others too.
	 */
	private static final String[][] BROWSERS = { { "Edg", "Edge" }, { "OPR/", "Opera" },
			{ "SamsungBrowser/", "Samsung Internet" }, { "Firefox/", "Firefox" }, { "FxiOS/", "Firefox" },
			{ "CriOS/", "Chrome" }, { "Chrome/", "Chrome" }, { "Safari/", "Safari" } };

	private static final String[][] SYSTEMS = { { "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Android", "Android" },
			{ "Windows", "Windows" }, { "Mac OS X", "macOS" }, { "CrOS", "ChromeOS" }, { "Linux", "Linux" } };

	private Devices() {
	}

	/**
	 * Describe a client.
	 * @param userAgent what it says that it is
	 * @return such as {@code Firefox on Linux}, or the first word of what it says
	 */
	public static String describe(@Nullable String userAgent) {
		if (userAgent == null) {
			return "";
		}
		String browser = find(BROWSERS, userAgent);
		String system = find(SYSTEMS, userAgent);
		if (browser.isEmpty()) {
			String first = userAgent.split("[^A-Za-z0-9._-]", 2)[0];
			return first.substring(0, Math.min(first.length(), MAX_LENGTH));
		}
		return system.isEmpty() ? browser : browser + " on " + system;
	}

	private static String find(String[][] names, String text) {
		for (String[] name : names) {
			if (text.contains(name[0])) {
				return name[1];
			}
		}
		return "";
	}

}
