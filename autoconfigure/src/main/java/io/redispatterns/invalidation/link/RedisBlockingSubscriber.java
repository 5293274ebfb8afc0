package io.redispatterns.invalidation.link;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.SubscriptionListener;

/**
 * Listens by way of a client that holds up a thread meanwhile, as Jedis does.
 */
final class RedisBlockingSubscriber implements Subscriber {

	private static final Logger logger = LoggerFactory.getLogger(RedisBlockingSubscriber.class);

	private final RedisConnectionFactory factory;

	private final List<byte[]> channels;

	private final Receiver receiver;

	private volatile @Nullable Attempt current;

	RedisBlockingSubscriber(RedisConnectionFactory factory, List<byte[]> channels, Receiver receiver) {
		this.factory = factory;
		this.channels = channels;
		this.receiver = receiver;
	}

	@Override
	public synchronized void begin() {
		if (this.current == null) {
			Attempt attempt = new Attempt();
			this.current = attempt;
			Thread thread = new Thread(attempt, "redis-patterns-invalidation-subscription");
			thread.setDaemon(true);
			thread.start();
		}
	}

	@Override
	public void end() {
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

	private final class Attempt implements Runnable, MessageListener, SubscriptionListener {

		private volatile @Nullable RedisConnection connection;

		private int open = RedisBlockingSubscriber.this.channels.size();

		@Override
		public void run() {
			try (RedisConnection made = RedisBlockingSubscriber.this.factory.getConnection()) {
				this.connection = made;
				made.subscribe(this, RedisBlockingSubscriber.this.channels.toArray(byte[][]::new));
			}
			catch (RuntimeException ex) {
				logger.debug("Messages are not heard, and the connection is made again", ex);
			}
			finally {
				end();
			}
		}

		@Override
		public void onChannelSubscribed(byte[] channel, long count) {
			if (--this.open == 0 && RedisBlockingSubscriber.this.current == this) {
				RedisBlockingSubscriber.this.receiver.subscribed();
			}
		}

		@Override
		public void onMessage(Message message, byte @Nullable [] pattern) {
			if (RedisBlockingSubscriber.this.current == this) {
				RedisBlockingSubscriber.this.receiver.received(message.getBody());
			}
		}

		private void end() {
			if (leave(this)) {
				RedisBlockingSubscriber.this.receiver.lost();
				RedisConnection made = this.connection;
				if (made != null && made.getSubscription() != null) {
					made.getSubscription().close();
				}
			}
		}

	}

}
