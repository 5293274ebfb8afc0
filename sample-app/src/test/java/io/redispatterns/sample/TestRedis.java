package io.redispatterns.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

import redis.embedded.RedisServer;

/**
 * A Redis server for the tests of this module, started once and stopped with the JVM.
 */
final class TestRedis {

	private static final int PORT = start();

	private TestRedis() {
	}

	static int port() {
		return PORT;
	}

	private static int start() {
		try (ServerSocket socket = new ServerSocket(0)) {
			int port = socket.getLocalPort();
			socket.close();
			RedisServer.newRedisServer().port(port).setting("save \"\"").onShutdownForceStop(true).build().start();
			return port;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
