package io.redispatterns.test.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A loopback port in front of a server that passes everything on until told otherwise.
 * <p>
 * {@link #latency}, {@link #loss}, {@link #stopReading}, {@link #swallow} and
 * {@link #refuse} last until {@link #heal()} and can be combined; {@link #reset},
 * {@link #cutSubscribers}, {@link #deadFlow} and {@link #deadSubscribers} concern the
 * connections that exist when they are called. Safe for use by several threads; no method
 * waits for the network.
 */
public final class FaultProxy implements AutoCloseable {

	private final InetSocketAddress target;

	private final Faults faults = new Faults();

	private final Set<Link> links = ConcurrentHashMap.newKeySet();

	private final Listener listener;

	private FaultProxy(InetSocketAddress target) throws IOException {
		this.target = target;
		this.listener = new Listener(this::accept);
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
		return Listener.LOOPBACK.getHostAddress();
	}

	/**
	 * The port on which the proxy listens, the same for its whole life.
	 * @return the port
	 */
	public int port() {
		return this.listener.port();
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
	 * Loses packets as an application sees it: what is read at once is now and then held
	 * up by a retransmission timeout of 200 ms, which doubles with each further loss, and
	 * what follows on the connection waits behind it.
	 * @param probability how likely a piece of data is lost in each direction
	 * @param seed of the chance
	 */
	public void loss(double probability, long seed) {
		this.faults.loss(probability, seed);
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
		this.listener.close();
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
		this.listener.open();
	}

	/**
	 * Refuses new connections and resets the present ones.
	 */
	@Override
	public synchronized void close() {
		this.listener.close();
		reset();
	}

	@Override
	public String toString() {
		return host() + ":" + port() + " -> " + this.target;
	}

	private void accept(Socket client) {
		Link link = new Link(client, this.faults, this.links::remove);
		this.links.add(link);
		Relay.daemon("fault-proxy-connect", () -> link.open(this.target)).start();
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
