package io.redispatterns.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A blocking client that speaks RESP2 on one connection, made at the first call.
 * <p>
 * Bulk and simple strings arrive as {@code String} (UTF-8), integers as {@code Long},
 * arrays as {@code List}. After a failure the next call makes a new connection. Calls of
 * several threads are made one after another.
 */
final class RespClient implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 5_000;

	private final InetSocketAddress address;

	private final String password;

	private Socket socket = new Socket();

	private InputStream in = InputStream.nullInputStream();

	RespClient(String host, int port, String password) {
		this.address = new InetSocketAddress(host, port);
		this.password = password;
	}

	synchronized @Nullable Object call(String... command) {
		boolean kept = this.socket.isConnected();
		try {
			if (!kept) {
				connect();
			}
			return exchange(command);
		}
		catch (IOException ex) {
			close();
			if (kept && !(ex instanceof SocketTimeoutException)) {
				// A failover or CLIENT KILL ended the connection since the last call
				return call(command);
			}
			throw new UncheckedIOException("'%s' got no reply from %s".formatted(command[0], this.address), ex);
		}
	}

	private void connect() throws IOException {
		this.socket.connect(this.address, TIMEOUT_MILLIS);
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		this.socket.setTcpNoDelay(true);
		this.in = new BufferedInputStream(this.socket.getInputStream());
		if (!this.password.isEmpty()) {
			exchange("AUTH", this.password);
		}
	}

	private @Nullable Object exchange(String... command) throws IOException {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.writeBytes(("*" + command.length + "\r\n").getBytes(StandardCharsets.UTF_8));
		for (String argument : command) {
			byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
			frame.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
			frame.writeBytes(bytes);
			frame.writeBytes(new byte[] { '\r', '\n' });
		}
		this.socket.getOutputStream().write(frame.toByteArray());
		Object reply = read();
		if (reply instanceof ErrorReply error) {
			throw new IllegalStateException("'" + command[0] + "' was refused: " + error.message());
		}
		return reply;
	}

	private @Nullable Object read() throws IOException {
		String line = readLine();
		String text = line.substring(1);
		return switch (line.charAt(0)) {
			case '+' -> text;
			case '-' -> new ErrorReply(text);
			case ':' -> Long.valueOf(text);
			case '$' -> readBulk(Integer.parseInt(text));
			case '*' -> readArray(Integer.parseInt(text));
			default -> throw new IOException("Not a RESP2 reply: " + line);
		};
	}

	private @Nullable String readBulk(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		byte[] bytes = this.in.readNBytes(length + 2);
		if (bytes.length < length + 2) {
			throw new EOFException("The server closed the connection in the middle of a reply");
		}
		return new String(bytes, 0, length, StandardCharsets.UTF_8);
	}

	private @Nullable List<@Nullable Object> readArray(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		List<@Nullable Object> items = new ArrayList<>(length);
		for (int i = 0; i < length; i++) {
			items.add(read());
		}
		return items;
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = this.in.read(); c != '\r'; c = this.in.read()) {
			if (c < 0) {
				throw new EOFException("The server closed the connection");
			}
			line.append((char) c);
		}
		this.in.read();
		return line.toString();
	}

	@Override
	public synchronized void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.socket = new Socket();
		}
	}

	private record ErrorReply(String message) {
	}

}
