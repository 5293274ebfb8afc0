package io.redispatterns.invalidation.link;

import java.util.List;
import java.util.Map;

import io.redispatterns.invalidation.link.Subscriber.Receiver;
import io.redispatterns.redis.RedisExecutor;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Listens by way of any client, which does not tell what servers a cluster has.
 */
record RedisBlockingLink(RedisConnectionFactory factory, RedisExecutor redis) implements ServerLink {

	@Override
	public Subscriber subscriber(List<byte[]> channels, Receiver receiver) {
		return new RedisBlockingSubscriber(this.factory, channels, receiver);
	}

	@Override
	public Map<String, String> servers() {
		return this.redis.isSingleServer() ? SINGLE : Map.of();
	}

}
