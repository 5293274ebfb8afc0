package io.redispatterns.sample.data;

import java.io.IOException;
import java.io.StringReader;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CsvReader}.
 */
class CsvReaderTests {

	@Test
	void readsRowsUntilTheEnd() throws IOException {
		CsvReader reader = reader("id,name\n1,AC/DC\r\n2,");
		assertThat(reader.readRow()).containsExactly("id", "name");
		assertThat(reader.readRow()).containsExactly("1", "AC/DC");
		assertThat(reader.readRow()).containsExactly("2", "");
		assertThat(reader.readRow()).isEmpty();
	}

	@Test
	void readsCommasQuotesAndLineBreaksInsideQuotes() throws IOException {
		CsvReader reader = reader("\"Page, Plant\",\"Robert \"\"Bumps\"\"\",\"two\nlines\",\"\"\nnext");
		assertThat(reader.readRow()).containsExactly("Page, Plant", "Robert \"Bumps\"", "two\nlines", "");
		assertThat(reader.readRow()).containsExactly("next");
	}

	@Test
	void refusesAQuoteThatIsNeverClosed() throws IOException {
		CsvReader reader = reader("\"open");
		assertThatExceptionOfType(IOException.class).isThrownBy(reader::readRow).withMessageContaining("open");
	}

	private CsvReader reader(String csv) throws IOException {
		return new CsvReader(new StringReader(csv));
	}

}
