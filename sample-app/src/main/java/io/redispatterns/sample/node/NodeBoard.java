package io.redispatterns.sample.node;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.redispatterns.hash.HashStore;
import io.redispatterns.hash.HashStores;
import io.redispatterns.redis.RedisFailureException;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The board where all nodes put up their cards. A card ends some seconds after its node
 * was last seen; without Redis the only card is that of this node.
 */
@Component
public final class NodeBoard {

	private static final String LIST = "all";

	private final ThisNode self;

	private final HashStore<NodeCard> cards;

	private final HashStore<NodeList> lists;

	private volatile Collection<NodeCard> others = List.of();

	private boolean left;

	NodeBoard(ThisNode self, HashStores hashes) {
		this.self = self;
		this.cards = hashes.of("nodes", NodeCard.class);
		this.lists = hashes.of("node-lists", NodeList.class);
	}

	/**
	 * Returns the cards, without asking Redis: that of this node as it is now, those of
	 * the others as they were half a second ago.
	 * @return the cards, sorted by port
	 */
	public List<NodeCard> cards() {
		Map<String, NodeCard> all = new HashMap<>();
		this.others.forEach((card) -> all.put(card.id(), card));
		all.put(this.self.id(), this.self.card());
		return all.values().stream().sorted(Comparator.comparing(NodeCard::port).thenComparing(NodeCard::id)).toList();
	}

	@Scheduled(fixedDelay = 500)
	synchronized void exchange() {
		if (this.left) {
			return;
		}
		try {
			this.cards.put(this.self.id(), this.self.card());
			this.others = read();
		}
		catch (RedisFailureException ex) {
			// The panel tells that Redis is away
			this.others = List.of();
		}
	}

	private Collection<NodeCard> read() {
		List<String> listed = this.lists.get(LIST).map(NodeList::ids).orElse(List.of());
		Map<String, NodeCard> present = new HashMap<>(this.cards.getAll(listed));
		if (!present.containsKey(this.self.id()) || present.size() < listed.size()) {
			present.put(this.self.id(), this.self.card());
			// Of two nodes that write at once one is missing, and adds itself again
			this.lists.put(LIST, NodeList.of(present.keySet()));
		}
		return present.values();
	}

	@EventListener(ContextClosedEvent.class)
	synchronized void leave() {
		this.left = true;
		try {
			this.cards.delete(this.self.id());
		}
		catch (RedisFailureException ex) {
			// The card ends by itself
		}
	}

}
