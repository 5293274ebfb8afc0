package io.redispatterns.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of text; every row has as many cells as the header.
 */
public final class MarkdownTable {

	private final List<List<String>> rows = new ArrayList<>();

	/**
	 * Create a table without rows.
	 * @param header the names of the columns
	 */
	public MarkdownTable(List<String> header) {
		this.rows.add(List.copyOf(header));
		this.rows.add(header.stream().map((cell) -> "---").toList());
	}

	/**
	 * Add a row.
	 * @param row as many cells as the header has
	 */
	public void add(List<String> row) {
		if (row.size() != this.rows.get(0).size()) {
			throw new IllegalArgumentException(
					"'row' must have %d cells but was %s".formatted(this.rows.get(0).size(), row));
		}
		this.rows.add(List.copyOf(row));
	}

	@Override
	public String toString() {
		return this.rows.stream().map((row) -> "| " + String.join(" | ", row) + " |").collect(Collectors.joining("\n"));
	}

}
