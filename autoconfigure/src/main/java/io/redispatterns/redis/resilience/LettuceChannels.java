package io.redispatterns.redis.resilience;

import io.lettuce.core.Delegating;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.DefaultEndpoint;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The channels under a connection of Lettuce: one that is closed is made again by the
 * client, asking Sentinel for the master, while the connection stays what it is.
 */
final class LettuceChannels {

	private final LettuceConnectionFactory factory;

	private final RedisConnectionStateListener listener;

	/**
	 * Create the channels of a factory.
	 * @param lost told when a channel is closed, by whomever
	 */
	LettuceChannels(LettuceConnectionFactory factory, Runnable lost) {
		this.factory = factory;
		this.listener = new RedisConnectionStateAdapter() {

			@Override
			public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
				lost.run();
			}

		};
	}

	void watch(StatefulConnection<byte[], byte[]> connection) {
		((RedisChannelHandler<?, ?>) connection).addListener(this.listener);
	}

	/**
	 * Close the channel to the server of a key, and look for the servers of a cluster. A
	 * connection that the client cannot make again is closed for good.
	 */
	void renew(StatefulConnection<byte[], byte[]> connection, byte[] key) {
		if (connection instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster) {
			RedisClusterNode node = cluster.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
			if (node != null && key.length > 0) {
				cluster.getConnectionAsync(node.getUri().getHost(), node.getUri().getPort())
					.thenAccept(LettuceChannels::disconnect);
			}
			((RedisClusterClient) this.factory.getRequiredNativeClient()).refreshPartitionsAsync();
		}
		else if (!disconnect(connection)) {
			connection.closeAsync();
		}
	}

	private static boolean disconnect(StatefulConnection<?, ?> connection) {
		RedisChannelWriter writer = ((RedisChannelHandler<?, ?>) connection).getChannelWriter();
		Object endpoint = (writer instanceof Delegating<?> delegating) ? delegating.unwrap() : writer;
		if (endpoint instanceof DefaultEndpoint channel) {
			channel.disconnect();
			return true;
		}
		return false;
	}

	/**
	 * Whether commands can be sent. A cluster's connection stands for many: it is lost
	 * only when it was closed.
	 */
	static boolean isUsable(StatefulConnection<byte[], byte[]> connection) {
		if (connection instanceof StatefulRedisClusterConnection) {
			return !((RedisChannelHandler<?, ?>) connection).isClosed();
		}
		return connection.isOpen();
	}

	/**
	 * Whether the client looks after a connection that is lost.
	 */
	static boolean isMadeAgain(StatefulConnection<byte[], byte[]> connection) {
		return connection.getOptions().isAutoReconnect() && !((RedisChannelHandler<?, ?>) connection).isClosed();
	}

}
