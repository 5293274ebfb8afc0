package io.redispatterns.invalidation.link;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.redispatterns.invalidation.link.Subscriber.Receiver;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.Watch;

import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Listens by way of any client. Which servers a cluster has is asked of it once a second,
 * from the first time that somebody wants to know, on a thread of its own.
 */
final class RedisBlockingLink implements ServerLink, AutoCloseable {

	private static final Duration AGE = Duration.ofSeconds(1);

	private final RedisConnectionFactory factory;

	private final RedisExecutor redis;

	private final Watch watch = new Watch("redis-patterns-invalidation-servers", this::look, AGE);

	private volatile Map<String, String> servers = Map.of();

	RedisBlockingLink(RedisConnectionFactory factory, RedisExecutor redis) {
		this.factory = factory;
		this.redis = redis;
	}

	@Override
	public Subscriber subscriber(List<byte[]> channels, Receiver receiver) {
		return new RedisBlockingSubscriber(this.factory, channels, receiver);
	}

	@Override
	public Map<String, String> servers() {
		if (this.redis.isSingleServer()) {
			return SINGLE;
		}
		this.watch.begin();
		return this.servers;
	}

	private void look() {
		try (RedisClusterConnection connection = this.factory.getClusterConnection()) {
			Map<String, String> found = new LinkedHashMap<>();
			for (RedisClusterNode node : connection.clusterGetNodes()) {
				node.getSlotRange()
					.getSlots()
					.stream()
					.findFirst()
					.ifPresent((slot) -> found.put(name(node), RedisSlots.tag(slot)));
			}
			this.servers = found;
		}
	}

	@Override
	public void close() {
		this.watch.end();
	}

	private static String name(RedisClusterNode node) {
		return (node.getId() != null) ? node.getId() : node.asString();
	}

}
