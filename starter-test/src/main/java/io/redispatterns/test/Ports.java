package io.redispatterns.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random free loopback ports whose cluster bus port, 10000 above, is free too.
 * <p>
 * Both lie below the range from which operating systems take the ports of outgoing
 * connections. Between the choice and its use another process may take the port: whoever
 * binds it must be ready to try another one.
 */
final class Ports {

	private static final int LOWEST = 11_000;

	private static final int HIGHEST = 20_000;

	private static final int BUS_OFFSET = 10_000;

	private Ports() {
	}

	static int random() {
		for (int attempt = 0; attempt < 1000; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
			if (isFree(port) && isFree(port + BUS_OFFSET)) {
				return port;
			}
		}
		throw new IllegalStateException("No free port between %d and %d".formatted(LOWEST, HIGHEST));
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
