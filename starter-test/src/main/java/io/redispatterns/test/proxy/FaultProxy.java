package io.redispatterns.test.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A loopback port in front of a server that passes everything on until told otherwise.
 * <p>
 * {@link #latency}, {@link #stopReading}, {@link #swallow} and {@link #refuse} last until
 * {@link #heal()} and can be combined; {@link #reset}, {@link #cutSubscribers},
 * {@link #deadFlow} and {@link #deadSubscribers} concern the connections that exist when
 * they are called. Safe for use by several threads; no method waits for the network.
 */
public final class FaultProxy implements AutoCloseable {

	private static final InetAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0).getAddress();

	private static final int BACKLOG = 512;

	private final InetSocketAddress target;

	private final int port;

	private final Faults faults = new Faults();

	private final Set<Link> links = ConcurrentHashMap.newKeySet();

	private ServerSocket listener;

	private Thread acceptor;

	private FaultProxy(InetSocketAddress target) throws IOException {
		this.target = target;
		this.listener = listen(0);
		this.port = this.listener.getLocalPort();
		this.acceptor = accept(this.listener);
	}

	/**
	 * Opens a proxy in front of a server, which need not run yet.
	 * @param host the host of the server
	 * @param port the port of the server
	 * @return the proxy, ready to accept
	 */
	public static FaultProxy to(String host, int port) {
		try {
			return new FaultProxy(new InetSocketAddress(host, port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No port for a proxy to %s:%d".formatted(host, port), ex);
		}
	}

	/**
	 * The address on which the proxy listens.
	 * @return the loopback address
	 */
	public String host() {
		return LOOPBACK.getHostAddress();
	}

	/**
	 * The port on which the proxy listens, the same for its whole life.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * The number of open connections, dead ones included.
	 * @return the number of connections
	 */
	public int connections() {
		return this.links.size();
	}

	/**
	 * The number of open connections on which the client has subscribed to anything.
	 * @return the number of connections
	 */
	public int subscribers() {
		return (int) this.links.stream().filter(Link::isSubscriber).count();
	}

	/**
	 * Delivers every reply later. Replies stay in order but do not queue up: many in
	 * flight are as late as one.
	 * @param latency the delay
	 */
	public void latency(Duration latency) {
		latency(latency, Duration.ZERO);
	}

	/**
	 * Delivers every reply later by a random delay.
	 * @param latency the mean delay
	 * @param jitter how much shorter or longer it may be
	 */
	public void latency(Duration latency, Duration jitter) {
		this.faults.latency(latency, jitter);
	}

	/**
	 * Accepts connections but forwards nothing in either direction, as a hung server
	 * does. Nothing is lost: all of it is delivered after {@link #heal()}.
	 */
	public void stopReading() {
		this.faults.hold();
	}

	/**
	 * Loses everything that is sent in one direction, as a half-open connection does.
	 * @param direction the direction
	 */
	public void swallow(Direction direction) {
		this.faults.swallow(direction);
	}

	/**
	 * Refuses new connections; the present ones go on.
	 */
	public synchronized void refuse() {
		closeListener();
	}

	/**
	 * Resets all present connections (RST).
	 */
	public void reset() {
		this.links.forEach(Link::reset);
	}

	/**
	 * Resets the connections on which the client has subscribed to anything.
	 */
	public void cutSubscribers() {
		this.links.stream().filter(Link::isSubscriber).forEach(Link::reset);
	}

	/**
	 * Loses everything on the present connections, in both directions and for good,
	 * without a sign to either side; new connections work.
	 */
	public void deadFlow() {
		this.links.forEach(Link::die);
	}

	/**
	 * As {@link #deadFlow()}, only for connections on which the client has subscribed.
	 */
	public void deadSubscribers() {
		this.links.stream().filter(Link::isSubscriber).forEach(Link::die);
	}

	/**
	 * Ends all faults. Connections that have lost bytes cannot go on and are reset.
	 */
	public synchronized void heal() {
		this.faults.clear();
		this.links.stream().filter(Link::isBroken).forEach(Link::reset);
		if (this.listener.isClosed()) {
			try {
				this.listener = listen(this.port);
				this.acceptor = accept(this.listener);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("Port %d was taken while it refused".formatted(this.port), ex);
			}
		}
	}

	/**
	 * Refuses new connections and resets the present ones.
	 */
	@Override
	public synchronized void close() {
		closeListener();
		reset();
	}

	@Override
	public String toString() {
		return host() + ":" + this.port + " -> " + this.target;
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
				Socket client = socket.accept();
				Link link = new Link(client, this.faults, this.links::remove);
				this.links.add(link);
				Relay.daemon("fault-proxy-connect", () -> link.open(this.target)).start();
			}
			catch (IOException ex) {
				// Closed by refuse() or close(), or the client was gone at once
			}
		}
	}

	private void closeListener() {
		try {
			this.listener.close();
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

	/**
	 * A direction of travel.
	 */
	public enum Direction {

		/** From the client to the server: requests. */
		TO_SERVER,

		/** From the server to the client: replies and messages. */
		TO_CLIENT

	}

}
