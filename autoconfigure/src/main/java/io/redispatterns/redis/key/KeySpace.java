package io.redispatterns.redis.key;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All keys of one application in a Redis that it may share with others: each starts with
 * the application's namespace and a colon.
 * <p>
 * Behind the namespace stands the name of a cache, which the user chooses, or a kind,
 * which this library chooses. A cache that is named like a kind is written with an
 * escape, so that the two never share a key.
 */
public final class KeySpace {

	private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	private static final Set<String> KINDS = Set.of("board", "hash", "inv", "job", "leaderboard", "lock", "node",
			"pubsub", "rl", "session", "stream", "warm", "wb", "write");

	private final String namespace;

	private final KeyEncoder encoder;

	private KeySpace(String namespace, List<KeyArgumentResolver> resolvers) {
		if (!NAMESPACE.matcher(namespace).matches()) {
			throw new IllegalArgumentException("'redis.namespace' must consist of 1 to 64 letters, digits, '.', '_'"
					+ " or '-' but was '" + printable(namespace) + "'");
		}
		this.namespace = namespace;
		this.encoder = new KeyEncoder(resolvers);
	}

	/**
	 * Returns the key space of a namespace.
	 * @param namespace 1 to 64 letters, digits, dots, underscores or hyphens
	 * @return the key space
	 * @throws IllegalArgumentException if the namespace is of another form
	 */
	public static KeySpace of(String namespace) {
		return new KeySpace(namespace, List.of());
	}

	/**
	 * Returns the key space of a namespace in which own types may be arguments.
	 * @param namespace 1 to 64 letters, digits, dots, underscores or hyphens
	 * @param resolvers asked in this order for arguments of own types
	 * @return the key space
	 * @throws IllegalArgumentException if the namespace is of another form
	 */
	public static KeySpace of(String namespace, List<KeyArgumentResolver> resolvers) {
		return new KeySpace(namespace, resolvers);
	}

	/**
	 * Returns the namespace.
	 * @return the text before the first colon of every key
	 */
	public String namespace() {
		return this.namespace;
	}

	/**
	 * Returns the keys of a cache.
	 * @param name any text, also an empty one; two names never share a key
	 * @return the keys, in which every argument carries its type
	 */
	public Keys named(String name) {
		String segment = segment(name);
		if (KINDS.contains(name)) {
			segment = "%" + HexFormat.of().withUpperCase().toHexDigits((byte) name.charAt(0)) + name.substring(1);
		}
		return Keys.typed(this.encoder, this.namespace + ":" + segment + ":");
	}

	/**
	 * Returns the keys of a kind of this library, such as {@code lock}.
	 * @param kind one of the words that no cache name is written as
	 * @return the keys, in which a text stands as it is and any other argument carries
	 * its type
	 * @throws IllegalArgumentException if the word is not reserved
	 */
	public Keys kind(String kind) {
		if (!KINDS.contains(kind)) {
			throw new IllegalArgumentException(
					"'kind' must be one of " + KINDS.stream().sorted().toList() + " but was '" + printable(kind) + "'");
		}
		return Keys.plain(this.encoder, this.namespace + ":" + kind + ":");
	}

	/**
	 * Returns the keys of one name among those of a kind, such as {@code hash}.
	 * @param kind one of the words that no cache name is written as
	 * @param name any text, also an empty one; two names never share a key
	 * @return the keys, in which every argument carries its type
	 * @throws IllegalArgumentException if the word is not reserved
	 */
	public Keys kind(String kind, String name) {
		return Keys.typed(this.encoder, kind(kind).prefix() + segment(name) + ":");
	}

	private static String segment(String name) {
		return new String(KeyBuffer.segment(name, KeyBuffer.NAME), StandardCharsets.UTF_8);
	}

	private static String printable(String text) {
		StringBuilder printable = new StringBuilder();
		for (char ch : text.substring(0, Math.min(text.length(), 80)).toCharArray()) {
			printable.append((ch >= ' ' && ch <= '~') ? String.valueOf(ch) : "\\u" + HexFormat.of().toHexDigits(ch));
		}
		return printable + ((text.length() > 80) ? "..." : "");
	}

}
