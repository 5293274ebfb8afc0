package io.redispatterns.sample.catalogue;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The form in which text is compared: lower case, without accents, words apart by one
 * space. Made here and not in the database, whose collations differ.
 */
final class SearchText {

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private static final Pattern GAPS = Pattern.compile("[\\s\\p{Z}\\p{C}]+");

	private SearchText() {
	}

	static String of(String text) {
		String decomposed = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
		String letters = MARKS.matcher(decomposed).replaceAll("");
		return GAPS.matcher(letters).replaceAll(" ").strip();
	}

}
