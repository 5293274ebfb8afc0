package io.redispatterns.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.util.unit.DataSize;

/**
 * The Redis server for development: started here or, on a fixed port, by another
 * application of this machine.
 * <p>
 * One daemon thread holds a connection to it. When that ends, the server is joined again
 * or replaced by an empty one on the same port.
 */
final class EmbeddedRedis implements DataRedisConnectionDetails, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedRedis.class);

	private static final int ATTEMPTS = 3;

	private final ReentrantLock lock = new ReentrantLock();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final DataSize maxMemory;

	private final int database;

	private final boolean anyPort;

	private volatile int port;

	private @Nullable ServerProcess process;

	private volatile @Nullable ServerConnection connection;

	EmbeddedRedis(int port, DataSize maxMemory, int database) {
		this.port = port;
		this.anyPort = (port == 0);
		this.maxMemory = maxMemory;
		this.database = database;
	}

	void start() {
		boolean started = joinOrStart(this.anyPort);
		if (started) {
			logger.warn(
					"Started a Redis server for development on port {}, with {} MB and nothing saved: configure spring.data.redis.* to use another",
					this.port, this.maxMemory.toMegabytes());
		}
		else {
			logger.warn(
					"Joined a Redis server for development on port {}: configure spring.data.redis.* to use another",
					this.port);
		}
		Thread supervisor = new Thread(this::supervise, "redis-embedded");
		supervisor.setDaemon(true);
		supervisor.start();
	}

	@Override
	public Standalone getStandalone() {
		return Standalone.of(ServerProcess.HOST, this.port, this.database);
	}

	private void supervise() {
		boolean reported = false;
		while (!isClosed()) {
			ServerConnection held = this.connection;
			if (held != null) {
				held.awaitEnd();
			}
			try {
				if (joinOrStart(false)) {
					logger.info("The Redis server for development on port {} went away: started an empty one",
							this.port);
				}
				reported = false;
			}
			catch (EmbeddedRedisException ex) {
				if (!reported) {
					logger.error("The Redis server for development on port {} went away and cannot be replaced yet: {}",
							this.port, ex.getMessage());
				}
				reported = true;
				pause();
			}
		}
	}

	/**
	 * Return whether a server was started rather than joined.
	 */
	private boolean joinOrStart(boolean choosePort) {
		this.lock.lock();
		try {
			for (int attempt = 0; attempt < ATTEMPTS && !isClosed(); attempt++) {
				if (choosePort) {
					this.port = freePort();
				}
				else if (hold(ServerConnection.open(this.port)) != null) {
					return false;
				}
				closeProcess();
				ServerProcess started = ServerProcess.start(this.port, this.maxMemory);
				this.process = started;
				ServerConnection held = hold(started.awaitReady(this.port));
				if (held != null) {
					return started.owns(held);
				}
			}
			if (isClosed()) {
				return false;
			}
			String output = (this.process != null) ? this.process.output() : "";
			closeProcess();
			throw new EmbeddedRedisException(
					"The Redis server of the embedded-redis library did not start on port %d: %s".formatted(this.port,
							output),
					"Install what it misses (on Linux it needs OpenSSL 3)", null);
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable ServerConnection hold(@Nullable ServerConnection opened) {
		this.connection = opened;
		return opened;
	}

	private boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	private void pause() {
		try {
			this.closed.await(1, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress(ServerProcess.HOST, 0));
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new EmbeddedRedisException("No port of this machine is free: %s.".formatted(ex.getMessage()),
					"Free a port", ex);
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.lock.lock();
		try {
			ServerConnection held = this.connection;
			if (held != null) {
				held.close();
			}
			closeProcess();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void closeProcess() {
		if (this.process != null) {
			this.process.close();
			this.process = null;
		}
	}

}
