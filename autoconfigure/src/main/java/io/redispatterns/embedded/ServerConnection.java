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
		for (int attempt = 1;; attempt++) {
			Socket socket = new Socket();
			String answer = null;
			try {
				socket.connect(new InetSocketAddress(ServerProcess.HOST, port), TIMEOUT);
				socket.setSoTimeout(TIMEOUT);
				socket.getOutputStream().write("INFO server\r\n".getBytes(StandardCharsets.US_ASCII));
				BufferedReader reader = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
				answer = reader.readLine();
				for (String line = answer; line != null && answer.startsWith("$"); line = reader.readLine()) {
					if (line.startsWith(PROCESS_ID)) {
						socket.setSoTimeout(0);
						return new ServerConnection(socket, Long.parseLong(line.substring(PROCESS_ID.length())));
					}
				}
			}
			catch (ConnectException ex) {
				close(socket);
				return null;
			}
			catch (SocketTimeoutException ex) {
				attempt = ATTEMPTS;
			}
			catch (IOException | NumberFormatException ex) {
				// Whoever it is, it does not speak like a Redis
			}
			close(socket);
			// A server that is going away accepts and says nothing
			if ((answer != null && !answer.startsWith("$")) || attempt >= ATTEMPTS) {
				throw new EmbeddedRedisException(
						"Port %d of this machine is held by %s.".formatted(port, holder(answer)),
						"Free the port, or set 'redis.embedded.port' to another one, or to 0 for a free one", null);
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	private static String holder(@Nullable String answer) {
		if (answer != null && answer.startsWith("-")) {
			return "a Redis that does not let this application in";
		}
		return "something that is not a Redis: it does not answer INFO as one";
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
