package io.redispatterns.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The README of this module, where each {@link Work} has a block between two comments.
 */
final class Readme {

	private final Path file;

	Readme(Path file) {
		this.file = file;
	}

	/**
	 * Put a text in the place of a block.
	 * @param work the work that owns the block
	 * @param text the new text
	 * @throws IOException if the file cannot be read or written, or has no such block
	 */
	void replace(Work work, String text) throws IOException {
		String start = "<!-- %s -->\n".formatted(work.label());
		String end = "<!-- /%s -->".formatted(work.label());
		String old = Files.readString(this.file);
		int from = old.indexOf(start) + start.length();
		int to = old.indexOf(end);
		if (from < start.length() || to < from) {
			throw new IOException("'%s' has no block '%s'".formatted(this.file, work.label()));
		}
		Files.writeString(this.file, old.substring(0, from) + text + "\n" + old.substring(to));
	}

}
