package io.redispatterns.invalidation.link;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens by one attempt after another, each on a thread of its own, and each given up as
 * soon as it is lost: a connection that the client makes again in silence would hide what
 * was missed.
 */
abstract class AbstractSubscriber implements Subscriber {

	private static final Logger logger = LoggerFactory.getLogger(AbstractSubscriber.class);

	private final List<byte[]> channels;

	private final Receiver receiver;

	private volatile @Nullable Attempt current;

	AbstractSubscriber(List<byte[]> channels, Receiver receiver) {
		this.channels = channels;
		this.receiver = receiver;
	}

	abstract Attempt attempt();

	@Override
	public final synchronized void begin() {
		if (this.current == null) {
			Attempt attempt = attempt();
			this.current = attempt;
			Thread thread = new Thread(attempt, "redis-patterns-invalidation-subscription");
			thread.setDaemon(true);
			thread.start();
		}
	}

	@Override
	public final void end() {
		Attempt attempt = this.current;
		if (attempt != null) {
			attempt.end();
		}
	}

	private synchronized boolean leave(Attempt attempt) {
		boolean was = this.current == attempt;
		this.current = was ? null : this.current;
		return was;
	}

	/**
	 * One connection, from its making to its loss.
	 */
	abstract class Attempt implements Runnable {

		private int open = AbstractSubscriber.this.channels.size();

		@Override
		public final void run() {
			try {
				listen(AbstractSubscriber.this.channels.toArray(byte[][]::new));
			}
			catch (RuntimeException ex) {
				logger.debug("Messages are not heard, and the connection is made again", ex);
				end();
			}
		}

		/**
		 * Connect and subscribe; may go on for as long as there is a subscription.
		 */
		abstract void listen(byte[][] channels);

		/**
		 * Close the connection, if there is one.
		 */
		abstract void close();

		final boolean isOver() {
			return AbstractSubscriber.this.current != this;
		}

		final void subscribed() {
			if (--this.open == 0 && !isOver()) {
				AbstractSubscriber.this.receiver.subscribed();
			}
		}

		final void received(byte[] message) {
			if (!isOver()) {
				AbstractSubscriber.this.receiver.received(message);
			}
		}

		final void end() {
			if (leave(this)) {
				AbstractSubscriber.this.receiver.lost();
			}
			try {
				close();
			}
			catch (RuntimeException ex) {
				logger.debug("The connection was lost before it was closed", ex);
			}
		}

	}

}
