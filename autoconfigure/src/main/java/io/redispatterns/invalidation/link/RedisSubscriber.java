package io.redispatterns.invalidation.link;

import java.util.List;
import java.util.function.Supplier;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of its own on which messages come in. It is made on a thread of its own,
 * and given up as soon as it is lost: one that the client makes again in silence would
 * hide what was missed.
 */
final class RedisSubscriber implements Subscriber {

	private static final Logger logger = LoggerFactory.getLogger(RedisSubscriber.class);

	private final Supplier<AbstractRedisClient> client;

	private final List<byte[]> channels;

	private final Receiver receiver;

	private volatile @Nullable Attempt current;

	/**
	 * Create a subscriber that is not connected.
	 * @param client the client of the application
	 * @param channels the channels
	 * @param receiver told of what comes
	 */
	RedisSubscriber(Supplier<AbstractRedisClient> client, List<byte[]> channels, Receiver receiver) {
		this.client = client;
		this.channels = channels;
		this.receiver = receiver;
	}

	@Override
	public synchronized void begin() {
		if (this.current == null) {
			Attempt attempt = new Attempt();
			this.current = attempt;
			Thread thread = new Thread(attempt, "redis-patterns-invalidation-connect");
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

	private final class Attempt extends RedisPubSubAdapter<byte[], byte[]> implements Runnable {

		private @Nullable StatefulRedisPubSubConnection<byte[], byte[]> connection;

		private int open = RedisSubscriber.this.channels.size();

		@Override
		public void run() {
			try {
				StatefulRedisPubSubConnection<byte[], byte[]> made = connect();
				synchronized (this) {
					this.connection = made;
				}
				made.addListener(this);
				((RedisChannelHandler<?, ?>) made).addListener(new RedisConnectionStateAdapter() {

					@Override
					public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
						end();
					}

				});
				made.async().subscribe(RedisSubscriber.this.channels.toArray(byte[][]::new));
				if (!made.isOpen() || RedisSubscriber.this.current != this) {
					end();
				}
			}
			catch (RuntimeException ex) {
				logger.debug("Messages are not heard, and the connection is made again", ex);
				end();
			}
		}

		private StatefulRedisPubSubConnection<byte[], byte[]> connect() {
			AbstractRedisClient client = RedisSubscriber.this.client.get();
			return (client instanceof RedisClusterClient cluster) ? cluster.connectPubSub(ByteArrayCodec.INSTANCE)
					: ((RedisClient) client).connectPubSub(ByteArrayCodec.INSTANCE);
		}

		@Override
		public void subscribed(byte[] channel, long count) {
			if (--this.open == 0 && RedisSubscriber.this.current == this) {
				RedisSubscriber.this.receiver.subscribed();
			}
		}

		@Override
		public void message(byte[] channel, byte[] message) {
			if (RedisSubscriber.this.current == this) {
				RedisSubscriber.this.receiver.received(message);
			}
		}

		private void end() {
			if (leave(this)) {
				RedisSubscriber.this.receiver.lost();
			}
			StatefulRedisPubSubConnection<byte[], byte[]> made;
			synchronized (this) {
				made = this.connection;
			}
			if (made != null) {
				made.closeAsync();
			}
		}

	}

}
