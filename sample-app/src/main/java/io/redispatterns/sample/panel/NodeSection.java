package io.redispatterns.sample.panel;

import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

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

	private final String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()).substring(2);

	NodeSection(Environment environment) {
		this.environment = environment;
	}

	@Override
	public String name() {
		return "node";
	}

	@Override
	public Node read() {
		int port = this.environment.getProperty("local.server.port", Integer.class, 0);
		long uptimeMillis = ManagementFactory.getRuntimeMXBean().getUptime();
		return new Node(this.id, port, uptimeMillis / 1000);
	}

	/**
	 * A running instance of the shop.
	 */
	record Node(String id, int port, long uptimeSeconds) {
	}

}
