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

/**
 * Listens by way of Lettuce, which calls when a message comes.
 */
final class RedisSubscriber extends AbstractSubscriber {

	private final Supplier<AbstractRedisClient> client;

	/**
	 * Create a subscriber that is not connected.
	 * @param client the client of the application
	 * @param channels the channels
	 * @param receiver told of what comes
	 */
	RedisSubscriber(Supplier<AbstractRedisClient> client, List<byte[]> channels, Receiver receiver) {
		super(channels, receiver);
		this.client = client;
	}

	@Override
	Attempt attempt() {
		return new Connection();
	}

	private final class Connection extends Attempt {

		private @Nullable StatefulRedisPubSubConnection<byte[], byte[]> connection;

		@Override
		void listen(byte[][] channels) {
			StatefulRedisPubSubConnection<byte[], byte[]> made = connect();
			synchronized (this) {
				this.connection = made;
			}
			made.addListener(new Messages());
			((RedisChannelHandler<?, ?>) made).addListener(new RedisConnectionStateAdapter() {

				@Override
				public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
					end();
				}

			});
			made.async().subscribe(channels);
			if (!made.isOpen() || isOver()) {
				end();
			}
		}

		private StatefulRedisPubSubConnection<byte[], byte[]> connect() {
			AbstractRedisClient client = RedisSubscriber.this.client.get();
			return (client instanceof RedisClusterClient cluster) ? cluster.connectPubSub(ByteArrayCodec.INSTANCE)
					: ((RedisClient) client).connectPubSub(ByteArrayCodec.INSTANCE);
		}

		@Override
		void close() {
			StatefulRedisPubSubConnection<byte[], byte[]> made;
			synchronized (this) {
				made = this.connection;
			}
			if (made != null) {
				made.closeAsync();
			}
		}

		private final class Messages extends RedisPubSubAdapter<byte[], byte[]> {

			@Override
			public void subscribed(byte[] channel, long count) {
				Connection.this.subscribed();
			}

			@Override
			public void message(byte[] channel, byte[] message) {
				received(message);
			}

		}

	}

}
