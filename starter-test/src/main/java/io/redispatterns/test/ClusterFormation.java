package io.redispatterns.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes a cluster out of single nodes: the first half masters, the second their replicas.
 */
final class ClusterFormation {

	private static final int SLOTS = 16384;

	private final List<RedisProcess> masters;

	private final List<RedisProcess> replicas;

	private ClusterFormation(List<RedisProcess> nodes) {
		this.masters = nodes.subList(0, nodes.size() / 2);
		this.replicas = nodes.subList(nodes.size() / 2, nodes.size());
	}

	static List<RedisProcess> start(int masters, List<String> arguments) {
		List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
		all.addAll(arguments);
		List<RedisProcess> nodes = RedisProcess.start(2 * masters, all);
		new ClusterFormation(nodes).form();
		return nodes;
	}

	private void form() {
		// Only a node that knows no other may be given an epoch
		for (int i = 0; i < this.masters.size(); i++) {
			this.masters.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
		}
		for (int i = 0; i < this.masters.size(); i++) {
			RedisProcess master = this.masters.get(i);
			master.command(addSlots(i));
			// Each to each: gossip alone takes seconds to introduce everyone
			Stream.concat(this.masters.stream().skip(i + 1), this.replicas.stream())
				.forEach((other) -> master.command("CLUSTER", "MEET", other.host(), String.valueOf(other.port())));
		}
		for (int i = 0; i < this.masters.size(); i++) {
			String masterId = ClusterNode.self(this.masters.get(i)).id();
			RedisProcess replica = this.replicas.get(i);
			Wait.until(() -> Objects.equals("OK", replica.command("CLUSTER", "REPLICATE", masterId)),
					() -> "%s never heard of its master %s".formatted(replica, masterId));
		}
	}

	private String[] addSlots(int master) {
		int first = SLOTS * master / this.masters.size();
		int end = SLOTS * (master + 1) / this.masters.size();
		return Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), IntStream.range(first, end).mapToObj(String::valueOf))
			.toArray(String[]::new);
	}

}
