package io.redispatterns.test.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/**
 * A loopback port that can be closed and opened again.
 */
final class Listener {

	static final InetAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0).getAddress();

	private static final int BACKLOG = 512;

	private final Consumer<Socket> onAccept;

	private final int port;

	private ServerSocket socket;

	private Thread acceptor;

	Listener(Consumer<Socket> onAccept) throws IOException {
		this.onAccept = onAccept;
		this.socket = listen(0);
		this.port = this.socket.getLocalPort();
		this.acceptor = accept(this.socket);
	}

	int port() {
		return this.port;
	}

	void open() {
		if (!this.socket.isClosed()) {
			return;
		}
		try {
			this.socket = listen(this.port);
			this.acceptor = accept(this.socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Port %d was taken while it refused".formatted(this.port), ex);
		}
	}

	void close() {
		try {
			this.socket.close();
			// The kernel goes on listening until the thread has left its call
			this.acceptor.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ServerSocket listen(int port) throws IOException {
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		socket.bind(new InetSocketAddress(LOOPBACK, port), BACKLOG);
		return socket;
	}

	private Thread accept(ServerSocket socket) {
		Thread thread = Relay.daemon("fault-proxy-accept", () -> acceptUntilClosed(socket));
		thread.start();
		return thread;
	}

	private void acceptUntilClosed(ServerSocket socket) {
		while (!socket.isClosed()) {
			try {
				this.onAccept.accept(socket.accept());
			}
			catch (IOException ex) {
				// Closed, or the client was gone at once
			}
		}
	}

}
