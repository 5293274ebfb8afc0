package io.redispatterns.embedded;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A connection to the server on a port of this machine, held to notice its end.
 */
final class ServerConnection implements Closeable {

	private static final int TIMEOUT = 2000;

	private static final int ATTEMPTS = 10;

	private static final Duration PAUSE = Duration.ofMillis(50);

	private static final String PROCESS_ID = "process_id:";

	private final Socket socket;

	private final long processId;

	private ServerConnection(Socket socket, long processId) {
		this.socket = socket;
		this.processId = processId;
	}

	/**
	 * Connect to the Redis on a port.
	 * @return the connection, or {@code null} if nobody listens
	 * @throws EmbeddedRedisException if somebody does who is not a Redis without a
	 * password
	 */
	static @Nullable ServerConnection open(int port) {
		try {
			for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
				ServerConnection connection = attempt(port);
				if (connection != null) {
					return connection;
				}
				// A server that is going away accepts and says nothing
				LockSupport.parkNanos(PAUSE.toNanos());
			}
		}
		catch (ConnectException ex) {
			return null;
		}
		catch (IOException ex) {
			// Whoever it is, it does not speak like a Redis
		}
		throw heldBy(port, "something that is not a Redis: it does not answer INFO as one");
	}

	private static @Nullable ServerConnection attempt(int port) throws IOException {
		Socket socket = new Socket();
		try {
			socket.connect(new InetSocketAddress(ServerProcess.HOST, port), TIMEOUT);
			socket.setSoTimeout(TIMEOUT);
			socket.getOutputStream().write("INFO server\r\n".getBytes(StandardCharsets.US_ASCII));
			OptionalLong processId = processId(port,
					new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
			if (processId.isPresent()) {
				socket.setSoTimeout(0);
				return new ServerConnection(socket, processId.getAsLong());
			}
		}
		catch (ConnectException | SocketTimeoutException ex) {
			close(socket);
			throw ex;
		}
		catch (IOException ex) {
			// It hung up
		}
		close(socket);
		return null;
	}

	private static OptionalLong processId(int port, BufferedReader reader) throws IOException {
		String answer = reader.readLine();
		if (answer != null && answer.startsWith("-")) {
			throw heldBy(port, "a Redis that does not let this application in");
		}
		for (String line = answer; line != null && answer.startsWith("$"); line = reader.readLine()) {
			if (line.startsWith(PROCESS_ID)) {
				return OptionalLong.of(Long.parseLong(line.substring(PROCESS_ID.length())));
			}
		}
		return OptionalLong.empty();
	}

	private static EmbeddedRedisException heldBy(int port, String holder) {
		return new EmbeddedRedisException("Port %d of this machine is held by %s.".formatted(port, holder),
				"Free the port, or set 'redis.embedded.port' to another one, or to 0 for a free one", null);
	}

	long processId() {
		return this.processId;
	}

	/**
	 * Block until the server or this connection is closed.
	 */
	void awaitEnd() {
		try {
			while (this.socket.getInputStream().read() >= 0) {
				continue;
			}
		}
		catch (IOException ex) {
			// A reset is an end, too
		}
		close();
	}

	@Override
	public void close() {
		close(this.socket);
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is gone already
		}
	}

}
