package io.redispatterns.sample.panel;

import java.util.List;

import io.redispatterns.sample.node.NodeBoard;
import io.redispatterns.sample.node.NodeCard;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The part of the panel that shows all nodes that are known, and what each has heard of
 * the others.
 */
@Component
@Order(2)
final class NodesSection implements PanelSection {

	private final NodeBoard board;

	NodesSection(NodeBoard board) {
		this.board = board;
	}

	@Override
	public String name() {
		return "nodes";
	}

	@Override
	public List<NodeCard> read() {
		return this.board.cards();
	}

}
