package io.redispatterns.test.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.function.Consumer;

import io.redispatterns.test.proxy.FaultProxy.Direction;

/**
 * One connection through the proxy: a socket to the client, one to the server, and a
 * relay for each direction.
 */
final class Link {

	private final Socket client;

	private final Socket server = new Socket();

	private final Faults faults;

	private final Consumer<Link> onClose;

	private final List<Relay> relays;

	private final SubscriptionDetector detector = new SubscriptionDetector();

	private volatile boolean dead;

	private volatile boolean broken;

	private int ended;

	Link(Socket client, Faults faults, Consumer<Link> onClose) {
		this.client = client;
		this.faults = faults;
		this.onClose = onClose;
		this.relays = List.of(new Relay(this, Direction.TO_SERVER, client, this.server, faults),
				new Relay(this, Direction.TO_CLIENT, this.server, client, faults));
	}

	void open(InetSocketAddress target) {
		try {
			this.client.setTcpNoDelay(true);
			this.server.setTcpNoDelay(true);
			this.server.connect(target);
			this.relays.forEach(Relay::start);
		}
		catch (IOException ex) {
			reset();
		}
	}

	boolean isSubscriber() {
		return this.detector.found();
	}

	/**
	 * Whether bytes were lost, so that what follows makes no sense to the other side.
	 * @return whether the connection cannot be healed
	 */
	boolean isBroken() {
		return this.dead || this.broken;
	}

	void die() {
		this.dead = true;
	}

	/**
	 * Takes note of what passes and decides its fate.
	 * @param direction where it goes
	 * @param bytes what it is, empty for the end of the stream
	 * @return whether to pass it on
	 */
	boolean admits(Direction direction, byte[] bytes) {
		if (direction == Direction.TO_SERVER) {
			this.detector.read(bytes);
		}
		// Under the lock of heal(), which must see every loss that came before it
		synchronized (this.faults) {
			boolean admitted = !this.dead && !this.faults.swallows(direction);
			this.broken |= !admitted;
			return admitted;
		}
	}

	synchronized void end() {
		this.ended++;
		if (this.ended == Direction.values().length) {
			close();
		}
	}

	void reset() {
		try {
			this.client.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// Closed already: there is nothing left to reset
		}
		close();
	}

	private void close() {
		for (Socket socket : new Socket[] { this.client, this.server }) {
			try {
				socket.close();
			}
			catch (IOException ex) {
				// Of no use to anyone: the connection is given up
			}
		}
		this.relays.forEach(Relay::stop);
		this.onClose.accept(this);
	}

}
