package io.redispatterns.test.proxy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A client that sends inline commands and reads replies of one line.
 */
record Client(Socket socket) implements AutoCloseable {

	static Client connect(FaultProxy proxy) throws IOException {
		Socket socket = new Socket(proxy.host(), proxy.port());
		socket.setSoTimeout(30_000);
		socket.setTcpNoDelay(true);
		return new Client(socket);
	}

	String call(String command) throws IOException {
		send(command);
		return read();
	}

	void send(String command) throws IOException {
		this.socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
	}

	void subscribe() throws IOException {
		call("*2\r\n$9\r\nSUBSCRIBE\r\n$1\r\nc");
	}

	String read() throws IOException {
		StringBuilder line = new StringBuilder();
		int c = this.socket.getInputStream().read();
		for (; c >= 0 && c != '\n'; c = this.socket.getInputStream().read()) {
			line.append((char) c);
		}
		return line.toString().strip();
	}

	/**
	 * Hear nothing for a while.
	 */
	void expectSilence() throws IOException {
		int patience = this.socket.getSoTimeout();
		this.socket.setSoTimeout(500);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(this::read);
		this.socket.setSoTimeout(patience);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
