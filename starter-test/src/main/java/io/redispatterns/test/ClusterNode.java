package io.redispatterns.test;

import java.util.List;
import java.util.stream.Stream;

/**
 * A node as a line of {@code CLUSTER NODES} describes it.
 *
 * @param id the identity of the node
 * @param myself whether the line was written by the node itself
 * @param masterId the master that the node follows, {@code "-"} for a master
 * @param epoch the configuration epoch: of two owners of a slot the higher one is right
 * @param slots the slot ranges of a master, without migrations under way
 */
record ClusterNode(String id, boolean myself, String masterId, long epoch, List<String> slots) {

	static ClusterNode self(RedisProcess process) {
		return all(process).stream().filter(ClusterNode::myself).findFirst().orElseThrow();
	}

	static List<ClusterNode> all(RedisProcess process) {
		return parse(String.valueOf(process.command("CLUSTER", "NODES")));
	}

	static List<ClusterNode> parse(String nodes) {
		return nodes.lines().map(ClusterNode::parseLine).toList();
	}

	private static ClusterNode parseLine(String line) {
		String[] words = line.split(" ");
		List<String> slots = Stream.of(words).skip(8).filter((range) -> !range.startsWith("[")).toList();
		return new ClusterNode(words[0], words[2].contains("myself"), words[3], Long.parseLong(words[6]), slots);
	}

	boolean isMaster() {
		return this.masterId.equals("-");
	}

	boolean owns(long slot) {
		return this.slots.stream().map((range) -> range.split("-")).anyMatch((range) -> {
			long first = Long.parseLong(range[0]);
			long last = Long.parseLong(range[range.length - 1]);
			return first <= slot && slot <= last;
		});
	}

	/**
	 * That on which all nodes of a settled cluster agree.
	 * @return identity, role and slots
	 */
	String role() {
		return this.id + " " + this.masterId + " " + this.slots;
	}

}
