package io.redispatterns.write.behind.kills;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.h2.tools.Server;

/**
 * A database that several processes share, and that can be away without losing its rows.
 */
final class RowDatabase implements AutoCloseable {

	private final String name = "kills" + System.nanoTime();

	private Server server;

	/** As long as this is open there is a database. */
	private final Connection connection;

	RowDatabase() throws SQLException {
		this.connection = DriverManager.getConnection("jdbc:h2:mem:" + this.name);
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("create table row_of (id varchar primary key, number bigint)");
			statement.execute("create table flushed (at identity, id varchar, sequence bigint, batch varchar)");
		}
		this.server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon").start();
	}

	String url() {
		return "jdbc:h2:tcp://localhost:%d/mem:%s;LOCK_TIMEOUT=2000".formatted(this.server.getPort(), this.name);
	}

	void leave() {
		this.server.stop();
	}

	void comeBack() throws SQLException {
		this.server = Server.createTcpServer("-tcpPort", String.valueOf(this.server.getPort()), "-tcpDaemon").start();
	}

	Map<String, Long> rows() throws SQLException {
		Map<String, Long> rows = new HashMap<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet found = statement.executeQuery("select id, number from row_of")) {
			while (found.next()) {
				rows.put(found.getString(1), found.getLong(2));
			}
		}
		return rows;
	}

	/**
	 * What was flushed of each row, in order.
	 */
	Map<String, List<Flushed>> history() throws SQLException {
		Map<String, List<Flushed>> history = new HashMap<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet found = statement.executeQuery("select id, sequence, batch from flushed order by at")) {
			while (found.next()) {
				history.computeIfAbsent(found.getString(1), (id) -> new ArrayList<>())
					.add(new Flushed(found.getLong(2), found.getString(3)));
			}
		}
		return history;
	}

	@Override
	public void close() throws SQLException {
		this.server.stop();
		this.connection.close();
	}

	/**
	 * A change that was flushed.
	 */
	record Flushed(long sequence, String batch) {

		/**
		 * Whether this may come before another of its row: a batch comes again as a
		 * whole.
		 */
		boolean mayPrecede(Flushed next) {
			return this.sequence <= next.sequence || this.batch.equals(next.batch);
		}

	}

}
