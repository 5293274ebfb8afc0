package io.redispatterns.sample.data;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import org.h2.api.ErrorCode;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * An H2 database in memory that every instance of the shop on this machine uses: the
 * first instance holds it and listens on a port, the others find the port taken and
 * connect to it.
 * <p>
 * It ends with the instance that holds it. Only this machine can connect.
 */
final class SharedDatabase implements JdbcConnectionDetails, AutoCloseable {

	private static final String IN_MEMORY = "jdbc:h2:mem:shop;LOCK_TIMEOUT=10000";

	private static final String USER = "sa";

	static {
		// Read once, when the first class of H2 is used
		System.setProperty("h2.bindAddress", "127.0.0.1");
	}

	private final int port;

	private final @Nullable Connection keepAlive;

	private final @Nullable Server server;

	SharedDatabase(int port) throws SQLException {
		this.port = port;
		// Open before the port is, so that a second instance never finds the port without
		// the database
		Connection connection = DriverManager.getConnection(IN_MEMORY, USER, "");
		Server started = listen(port);
		if (started == null) {
			connection.close();
		}
		this.keepAlive = (started != null) ? connection : null;
		this.server = started;
	}

	private static @Nullable Server listen(int port) throws SQLException {
		Server server = Server.createTcpServer("-tcpPort", String.valueOf(port));
		try {
			return server.start();
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() == ErrorCode.EXCEPTION_OPENING_PORT_2) {
				return null;
			}
			throw ex;
		}
	}

	@Override
	public String getJdbcUrl() {
		return (this.server != null) ? IN_MEMORY
				: "jdbc:h2:tcp://127.0.0.1:%d/mem:shop;LOCK_TIMEOUT=10000".formatted(this.port);
	}

	@Override
	public String getUsername() {
		return USER;
	}

	@Override
	public String getPassword() {
		return "";
	}

	@Override
	public void close() throws SQLException {
		if (this.server != null) {
			this.server.stop();
		}
		if (this.keepAlive != null) {
			this.keepAlive.close();
		}
	}

}
