package io.redispatterns.invalidation.link;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.redispatterns.invalidation.link.Subscriber.Receiver;

/**
 * Listens by way of Lettuce.
 */
record RedisLink(Supplier<AbstractRedisClient> client) implements ServerLink {

	@Override
	public Subscriber subscriber(List<byte[]> channels, Receiver receiver) {
		return new RedisSubscriber(this.client, channels, receiver);
	}

	@Override
	public Map<String, String> servers() {
		return RedisServers.of(this.client.get());
	}

	@Override
	public void lookForServers() {
		if (this.client.get() instanceof RedisClusterClient cluster) {
			cluster.refreshPartitionsAsync();
		}
	}

}
