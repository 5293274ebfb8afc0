package io.redispatterns.sample.node;

import java.lang.management.ManagementFactory;

import io.redispatterns.redis.NodeId;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The node that this is. One that starts again is another node.
 */
@Component
public final class ThisNode {

	private final NodeId id;

	private final Environment environment;

	private final Counts counts;

	private final HearingLog log;

	ThisNode(NodeId id, Environment environment, Counts counts, HearingLog log) {
		this.id = id;
		this.environment = environment;
		this.counts = counts;
		this.log = log;
	}

	public String id() {
		return this.id.value();
	}

	/**
	 * Writes the card of this node.
	 * @return the card; its port is 0 until the node listens
	 */
	public NodeCard card() {
		int port = this.environment.getProperty("local.server.port", Integer.class, 0);
		long uptimeSeconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000;
		return new NodeCard(id(), port, uptimeSeconds, this.counts.of("cache.gets", "result", "hit"),
				this.counts.of("redis.cache.near.hits"), this.counts.of("cache.gets", "result", "miss"),
				this.counts.of("redis.invalidation.events", "event", "sent"),
				this.counts.of("redis.invalidation.events", "event", "received"), this.log.last());
	}

}
