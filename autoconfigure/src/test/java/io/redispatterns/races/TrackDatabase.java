package io.redispatterns.races;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import org.h2.tools.Server;

/**
 * A database that nodes in several processes share. Ends with this JVM.
 */
final class TrackDatabase implements AutoCloseable {

	static final int KEYS = 8;

	private final String name = "races" + System.nanoTime();

	private final Server server;

	/** As long as this is open there is a database. */
	private final Connection connection;

	TrackDatabase() throws SQLException {
		this.connection = DriverManager.getConnection("jdbc:h2:mem:" + this.name);
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("create table track (id int primary key, version bigint, stamp bigint)");
			for (int id = 0; id < KEYS; id++) {
				statement.execute("insert into track values (%d, 0, 0)".formatted(id));
			}
		}
		this.server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon").start();
	}

	/**
	 * Where nodes find it. A paused node may hold a row for a while.
	 */
	String url() {
		return "jdbc:h2:tcp://localhost:%d/mem:%s;LOCK_TIMEOUT=20000".formatted(this.server.getPort(), this.name);
	}

	@Override
	public void close() throws SQLException {
		this.server.stop();
		this.connection.close();
	}

}
