package io.redispatterns.invalidation.link;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.redispatterns.invalidation.link.Subscriber.Receiver;
import io.redispatterns.redis.RedisExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Listens by way of any client. Which servers a cluster has is asked of it once a second,
 * on a thread of its own.
 */
final class RedisBlockingLink implements ServerLink {

	private static final Logger logger = LoggerFactory.getLogger(RedisBlockingLink.class);

	private static final long AGE = Duration.ofSeconds(1).toNanos();

	private final RedisConnectionFactory factory;

	private final RedisExecutor redis;

	private final AtomicBoolean looking = new AtomicBoolean();

	private volatile Map<String, String> servers = Map.of();

	private volatile long lookedAt = System.nanoTime() - 2 * AGE;

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
		if (System.nanoTime() - this.lookedAt > AGE && this.looking.compareAndSet(false, true)) {
			Thread thread = new Thread(this::look, "redis-patterns-invalidation-servers");
			thread.setDaemon(true);
			thread.start();
		}
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
		catch (RuntimeException ex) {
			logger.debug("The servers of the cluster are not known anew", ex);
		}
		finally {
			this.lookedAt = System.nanoTime();
			this.looking.set(false);
		}
	}

	private static String name(RedisClusterNode node) {
		return (node.getId() != null) ? node.getId() : node.asString();
	}

}
