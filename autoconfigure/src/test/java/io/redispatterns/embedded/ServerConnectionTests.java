package io.redispatterns.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerConnectionTests {

	@Test
	void findsNobodyWhereNobodyListens() throws IOException {
		ServerSocket server = listening();
		server.close();
		assertThat(ServerConnection.open(server.getLocalPort())).isNull();
	}

	@Test
	void findsNobodyWhereServerIsGoingAway() throws IOException {
		ServerSocket server = listening();
		CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
			for (String words : new String[] { "", "$300\r\n# Server\r\n" }) {
				answer(server, words);
			}
			close(server);
		});
		assertThat(ServerConnection.open(server.getLocalPort())).isNull();
		assertThat(end).succeedsWithin(Duration.ofSeconds(5));
	}

	@Test
	void tellsWhoElseHoldsThePort() throws IOException {
		assertRefused("HTTP/1.1 400 Bad Request\r\n", "something that is not a Redis");
		assertRefused("-NOAUTH Authentication required.\r\n", "a Redis that does not let this application in");
	}

	@Test
	void endsWithTheServer() throws IOException {
		try (ServerSocket server = listening()) {
			CompletableFuture.runAsync(() -> answer(server, "$90\r\n# Server\r\nprocess_id:42\r\ntcp_port:1\r\n"));
			ServerConnection connection = ServerConnection.open(server.getLocalPort());
			assertThat(connection).isNotNull();
			assertThat(connection.processId()).isEqualTo(42);
			connection.awaitEnd();
		}
	}

	private static void assertRefused(String words, String holder) throws IOException {
		try (ServerSocket server = listening()) {
			CompletableFuture.runAsync(() -> answer(server, words));
			assertThatExceptionOfType(EmbeddedRedisException.class)
				.isThrownBy(() -> ServerConnection.open(server.getLocalPort()))
				.withMessage("Port %d of this machine is held by %s".formatted(server.getLocalPort(),
						holder.startsWith("some") ? holder + ": it does not answer INFO as one." : holder + "."));
		}
	}

	private static ServerSocket listening() throws IOException {
		ServerSocket server = new ServerSocket();
		server.bind(new InetSocketAddress(ServerProcess.HOST, 0));
		return server;
	}

	private static void answer(ServerSocket server, String words) {
		try (Socket client = server.accept()) {
			client.getInputStream().read(new byte[64]);
			client.getOutputStream().write(words.getBytes());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void close(ServerSocket server) {
		try {
			server.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
