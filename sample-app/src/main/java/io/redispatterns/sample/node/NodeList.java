package io.redispatterns.sample.node;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The nodes that may have a card.
 *
 * @param ids their identities, sorted
 */
record NodeList(List<String> ids) {

	static NodeList of(Collection<String> ids) {
		return new NodeList(List.copyOf(new TreeSet<>(ids)));
	}

}
