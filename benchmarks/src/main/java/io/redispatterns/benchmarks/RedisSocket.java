package io.redispatterns.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One plain connection to the server, for what is observed rather than measured: it
 * starts no thread and keeps no pool. Used by one thread.
 */
public final class RedisSocket implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	/**
	 * Connect.
	 * @param port the port of the server
	 * @throws IOException if the server cannot be reached
	 */
	public RedisSocket(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.in = new BufferedInputStream(this.socket.getInputStream());
	}

	/**
	 * Empty the server.
	 * @param port the port of the server
	 * @throws IOException if the server cannot be reached
	 */
	public static void flush(int port) throws IOException {
		try (RedisSocket socket = new RedisSocket(port)) {
			socket.send("FLUSHALL");
		}
	}

	/**
	 * Send one command and wait for its reply.
	 * @param command the command with its arguments, quoted where they have a space
	 * @return the text of a simple, integer or bulk reply; empty for a missing value
	 * @throws IOException if the connection is lost or the server answers with an error
	 */
	public String send(String command) throws IOException {
		this.socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
		String line = readLine();
		return switch (line.charAt(0)) {
			case '-' -> throw new IOException(line.substring(1));
			case '$' -> readBulk(Integer.parseInt(line.substring(1)));
			default -> line.substring(1);
		};
	}

	/**
	 * Read what the server sends unasked.
	 * @return the next line
	 * @throws IOException if the connection is lost
	 */
	public String next() throws IOException {
		return readLine();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private String readBulk(int length) throws IOException {
		if (length < 0) {
			return "";
		}
		String bulk = new String(this.in.readNBytes(length), StandardCharsets.UTF_8);
		readLine();
		return bulk;
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException("the server closed the connection");
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

}
