package io.redispatterns.test.proxy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that sends inline commands and reads replies of one line.
 */
record Client(Socket socket) implements AutoCloseable {

	static Client connect(FaultProxy proxy) throws IOException {
		Socket socket = new Socket(proxy.host(), proxy.port());
		socket.setSoTimeout(500);
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

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
