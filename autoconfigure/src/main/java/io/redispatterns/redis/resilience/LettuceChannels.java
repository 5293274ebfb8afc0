package io.redispatterns.redis.resilience;

import java.util.concurrent.atomic.AtomicBoolean;

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
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.redispatterns.redis.Failures;
import io.redispatterns.redis.RedisFailureException;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The channels under a connection of Lettuce: one that is closed is made again by the
 * client, asking Sentinel for the master, while the connection stays what it is.
 */
final class LettuceChannels {

	private final LettuceConnectionFactory factory;

	private final RedisConnectionStateListener listener;

	private final Guard guard;

	private final Failures failures;

	private final AtomicBoolean heard = new AtomicBoolean();

	/**
	 * Create the channels of a factory.
	 * @param guard told when a channel is closed, by whomever
	 * @param failures words for what keeps it closed
	 */
	LettuceChannels(LettuceConnectionFactory factory, Guard guard, Failures failures) {
		this.factory = factory;
		this.guard = guard;
		this.failures = failures;
		this.listener = new RedisConnectionStateAdapter() {

			@Override
			public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
				guard.lost();
			}

		};
	}

	void watch(StatefulConnection<byte[], byte[]> connection) {
		((RedisChannelHandler<?, ?>) connection).addListener(this.listener);
		if (this.heard.compareAndSet(false, true)) {
			// Ends with the resources of the client
			connection.getResources()
				.eventBus()
				.get()
				.ofType(ReconnectFailedEvent.class)
				.subscribe((event) -> denied(this.failures.unsent(event.getCause())));
		}
	}

	/**
	 * Take note that a connection could not be made again, be it of another user of the
	 * client: what nobody need wait for is so for all.
	 */
	private void denied(RedisFailureException failure) {
		if (failure.isDenied()) {
			this.guard.outages().doubted(failure);
		}
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
