package io.redispatterns.sample.panel;

import io.redispatterns.sample.node.ThisNode;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The part of the panel that tells which node answers.
 */
@Component
@Order(1)
final class NodeSection implements PanelSection {

	private final ThisNode node;

	NodeSection(ThisNode node) {
		this.node = node;
	}

	@Override
	public String name() {
		return "node";
	}

	@Override
	public String read() {
		return this.node.id();
	}

}
