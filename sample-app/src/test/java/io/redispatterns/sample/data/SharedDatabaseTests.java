package io.redispatterns.sample.data;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedDatabase}.
 */
class SharedDatabaseTests {

	@Test
	void isOneDatabaseForTwoInstances() throws Exception {
		int port = freePort();
		try (SharedDatabase first = new SharedDatabase(port); SharedDatabase second = new SharedDatabase(port)) {
			assertThat(second.getJdbcUrl()).startsWith("jdbc:h2:tcp://127.0.0.1:" + port);
			try (Connection connection = connect(first); Statement statement = connection.createStatement()) {
				statement.execute("create table shared (id integer)");
				statement.execute("insert into shared values (42)");
			}
			try (Connection connection = connect(second);
					Statement statement = connection.createStatement();
					ResultSet rows = statement.executeQuery("select id from shared")) {
				assertThat(rows.next()).isTrue();
				assertThat(rows.getInt(1)).isEqualTo(42);
			}
		}
	}

	@Test
	void freesThePortWhenClosed() throws Exception {
		int port = freePort();
		new SharedDatabase(port).close();
		try (SharedDatabase next = new SharedDatabase(port)) {
			assertThat(next.getJdbcUrl()).startsWith("jdbc:h2:mem:");
		}
	}

	private Connection connect(JdbcConnectionDetails details) throws SQLException {
		return DriverManager.getConnection(details.getJdbcUrl(), details.getUsername(), details.getPassword());
	}

	private int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
