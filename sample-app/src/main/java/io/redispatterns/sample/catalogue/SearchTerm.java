package io.redispatterns.sample.catalogue;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a customer searches for: one to {@value #MAX_LENGTH} characters in the form of
 * {@link SearchText}, so that spellings that find the same also share a cache entry.
 */
record SearchTerm(String text) {

	static final int MAX_LENGTH = 100;

	/**
	 * The escape character of the patterns.
	 */
	static final char ESCAPE = '!';

	static SearchTerm of(String q) {
		if (q.length() > MAX_LENGTH) {
			throw new InvalidParameterException("q",
					"must have at most %d characters but has %d".formatted(MAX_LENGTH, q.length()));
		}
		String text = SearchText.of(q);
		if (text.isEmpty()) {
			throw new InvalidParameterException("q", "must not be empty");
		}
		return new SearchTerm(text);
	}

	/**
	 * Returns a {@code LIKE} pattern for each word, each to be found anywhere.
	 * @return the patterns
	 */
	List<String> wordPatterns() {
		return Stream.of(this.text.split(" ")).distinct().map((word) -> "%" + escape(word) + "%").toList();
	}

	/**
	 * Returns the {@code LIKE} pattern of what starts with this term.
	 * @return the pattern
	 */
	String prefixPattern() {
		return escape(this.text) + "%";
	}

	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length() + 4);
		for (char c : text.toCharArray()) {
			if (c == '%' || c == '_' || c == ESCAPE) {
				escaped.append(ESCAPE);
			}
			escaped.append(c);
		}
		return escaped.toString();
	}

}
