package io.redispatterns.sample.data;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * A reader of comma-separated rows as RFC 4180 writes them: quoted values may hold
 * commas, line breaks and doubled quotes.
 */
final class CsvReader {

	private static final int END = -1;

	private final Reader reader;

	private int next;

	CsvReader(Reader reader) throws IOException {
		this.reader = reader;
		this.next = reader.read();
	}

	/**
	 * Reads the next row.
	 * @return its values, empty strings included, or an empty list at the end
	 * @throws IOException if reading fails or a quote is never closed
	 */
	List<String> readRow() throws IOException {
		List<String> row = new ArrayList<>();
		if (this.next == END) {
			return row;
		}
		row.add(readValue());
		while (this.next == ',') {
			advance();
			row.add(readValue());
		}
		if (this.next == '\r') {
			advance();
		}
		if (this.next == '\n') {
			advance();
		}
		return row;
	}

	private String readValue() throws IOException {
		StringBuilder value = new StringBuilder();
		if (this.next == '"') {
			readQuoted(value);
			return value.toString();
		}
		while (this.next != END && this.next != ',' && this.next != '\r' && this.next != '\n') {
			value.append((char) this.next);
			advance();
		}
		return value.toString();
	}

	private void readQuoted(StringBuilder value) throws IOException {
		advance();
		while (true) {
			if (this.next == END) {
				throw new IOException("Quoted value '%s' has no closing quote".formatted(value));
			}
			if (this.next == '"') {
				advance();
				if (this.next != '"') {
					return;
				}
			}
			value.append((char) this.next);
			advance();
		}
	}

	private void advance() throws IOException {
		this.next = this.reader.read();
	}

}
