package io.redispatterns.sample.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;

import org.springframework.core.io.ClassPathResource;

/**
 * A CSV file whose name is that of a table and whose first row names the table's columns.
 * An empty value is {@code null}.
 */
record CsvTable(String name) {

	private static final int BATCH = 500;

	/**
	 * Copies every row into the table of the same name.
	 * @param connection the connection to write with; it is left open
	 * @return the number of rows
	 * @throws IOException if the file cannot be read
	 * @throws SQLException if the table refuses a row
	 */
	int copyTo(Connection connection) throws IOException, SQLException {
		try (InputStream in = new ClassPathResource("chinook/" + this.name + ".csv").getInputStream()) {
			CsvReader csv = new CsvReader(new InputStreamReader(in, StandardCharsets.UTF_8));
			List<String> columns = csv.readRow();
			int[] types = types(connection, columns);
			try (PreparedStatement insert = connection.prepareStatement(insert(columns))) {
				int rows = 0;
				for (List<String> row = csv.readRow(); !row.isEmpty(); row = csv.readRow()) {
					bind(insert, row, types);
					if (++rows % BATCH == 0) {
						insert.executeBatch();
					}
				}
				insert.executeBatch();
				return rows;
			}
		}
	}

	private void bind(PreparedStatement insert, List<String> row, int[] types) throws SQLException {
		if (row.size() != types.length) {
			throw new SQLException("Row %s of %s.csv must have %d values but has %d".formatted(row, this.name,
					types.length, row.size()));
		}
		for (int i = 0; i < types.length; i++) {
			String value = row.get(i);
			insert.setObject(i + 1, value.isEmpty() ? null : value, types[i]);
		}
		insert.addBatch();
	}

	private String insert(List<String> columns) {
		String parameters = String.join(", ", Collections.nCopies(columns.size(), "?"));
		return "insert into %s (%s) values (%s)".formatted(this.name, String.join(", ", columns), parameters);
	}

	private int[] types(Connection connection, List<String> columns) throws SQLException {
		String sql = "select %s from %s where 1 = 0".formatted(String.join(", ", columns), this.name);
		try (Statement select = connection.createStatement(); ResultSet none = select.executeQuery(sql)) {
			ResultSetMetaData metaData = none.getMetaData();
			int[] types = new int[columns.size()];
			for (int i = 0; i < types.length; i++) {
				types[i] = metaData.getColumnType(i + 1);
			}
			return types;
		}
	}

}
