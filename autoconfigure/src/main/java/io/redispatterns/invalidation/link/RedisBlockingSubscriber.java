package io.redispatterns.invalidation.link;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.SubscriptionListener;

/**
 * Listens by way of a client that holds up a thread meanwhile, as Jedis does.
 */
final class RedisBlockingSubscriber extends AbstractSubscriber {

	private final RedisConnectionFactory factory;

	RedisBlockingSubscriber(RedisConnectionFactory factory, List<byte[]> channels, Receiver receiver) {
		super(channels, receiver);
		this.factory = factory;
	}

	@Override
	Attempt attempt() {
		return new Subscription();
	}

	private final class Subscription extends Attempt implements MessageListener, SubscriptionListener {

		private volatile @Nullable RedisConnection connection;

		@Override
		void listen(byte[][] channels) {
			try (RedisConnection made = RedisBlockingSubscriber.this.factory.getConnection()) {
				this.connection = made;
				made.subscribe(this, channels);
			}
			finally {
				this.connection = null;
			}
			end();
		}

		@Override
		void close() {
			RedisConnection made = this.connection;
			if (made != null && made.getSubscription() != null) {
				made.getSubscription().close();
			}
		}

		@Override
		public void onChannelSubscribed(byte[] channel, long count) {
			subscribed();
		}

		@Override
		public void onMessage(Message message, byte @Nullable [] pattern) {
			received(message.getBody());
		}

	}

}
