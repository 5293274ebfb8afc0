package io.redispatterns.sample.panel;

import java.lang.management.ManagementFactory;

import io.redispatterns.redis.NodeId;

import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The part of the panel that tells which node answers. A node that starts again is
 * another node.
 */
@Component
@Order(1)
final class NodeSection implements PanelSection {

	private final Environment environment;

	private final NodeId id;

	NodeSection(Environment environment, NodeId id) {
		this.environment = environment;
		this.id = id;
	}

	@Override
	public String name() {
		return "node";
	}

	@Override
	public Node read() {
		int port = this.environment.getProperty("local.server.port", Integer.class, 0);
		long uptimeMillis = ManagementFactory.getRuntimeMXBean().getUptime();
		return new Node(this.id.value(), port, uptimeMillis / 1000);
	}

	/**
	 * A running instance of the shop.
	 */
	record Node(String id, int port, long uptimeSeconds) {
	}

}
