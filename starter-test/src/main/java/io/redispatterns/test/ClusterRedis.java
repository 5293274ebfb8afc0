package io.redispatterns.test;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Redis Cluster of three masters with one replica each.
 * <p>
 * Roles are what nodes say now that were not killed or frozen by their
 * {@link RedisProcess}.
 */
public final class ClusterRedis extends RedisTopology {

	private static final int MASTERS = 3;

	private final Map<RedisProcess, String> ids = new HashMap<>();

	private ClusterRedis(List<RedisProcess> processes) {
		super(processes);
		processes.forEach((process) -> this.ids.put(process, ClusterNode.self(process).id()));
	}

	/**
	 * Starts a cluster that runs until it is closed or the JVM ends.
	 * @param arguments of each node, such as {@code "--cluster-node-timeout", "1000"}
	 * @return the cluster, every node of it ready to answer
	 */
	public static ClusterRedis start(String... arguments) {
		return start(List.of(arguments), false);
	}

	static ClusterRedis start(List<String> arguments, boolean proxied) {
		ClusterRedis cluster = new ClusterRedis(ClusterFormation.start(MASTERS, arguments, proxied));
		cluster.awaitStable();
		return cluster;
	}

	/**
	 * The running masters, those without slots included.
	 * @return the masters in the order of {@link #processes()}
	 */
	public List<RedisProcess> masters() {
		return running().filter((process) -> ClusterNode.self(process).isMaster()).toList();
	}

	/**
	 * The running replicas.
	 * @return the replicas in the order of {@link #processes()}
	 */
	public List<RedisProcess> replicas() {
		return running().filter((process) -> !ClusterNode.self(process).isMaster()).toList();
	}

	/**
	 * The running master that owns the slot of a key.
	 * @param key the key, with or without a hash tag
	 * @return the owner
	 * @throws IllegalStateException if no running node owns the slot
	 */
	public RedisProcess masterOf(String key) {
		RedisProcess any = running().findFirst().orElseThrow();
		long slot = (Long) Objects.requireNonNull(any.command("CLUSTER", "KEYSLOT", key));
		return running().filter((process) -> ClusterNode.self(process).owns(slot))
			.max(Comparator.comparingLong((process) -> ClusterNode.self(process).epoch()))
			.orElseThrow(() -> new IllegalStateException("No running node owns slot %d of '%s'".formatted(slot, key)));
	}

	/**
	 * A running replica of a master, which itself need not run.
	 * @param master the master
	 * @return the first of its replicas
	 * @throws IllegalStateException if none runs
	 */
	public RedisProcess replicaOf(RedisProcess master) {
		String id = Objects.requireNonNull(this.ids.get(master), "'master' must be a node of this cluster");
		return running().filter((process) -> ClusterNode.self(process).masterId().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No running node follows " + master));
	}

	/**
	 * Lets the replica of a running master take over, and waits until every node knows.
	 * @param master the master that becomes a replica
	 * @return the new master
	 */
	public RedisProcess failover(RedisProcess master) {
		RedisProcess replica = replicaOf(master);
		replica.command("CLUSTER", "FAILOVER");
		Wait.until(() -> ClusterNode.self(replica).isMaster(),
				() -> "%s did not take over from %s: %s".formatted(replica, master, replica.log()));
		awaitStable();
		return replica;
	}

	/**
	 * Waits until all running nodes agree that running masters own all slots, and every
	 * running replica is in step with its master. After a kill or freeze that means:
	 * until the automatic failover is over.
	 */
	public void awaitStable() {
		Wait.until(this::isStable, () -> "The cluster did not become stable: "
				+ running().map((process) -> process + "\n" + process.command("CLUSTER", "NODES")).toList());
	}

	@Override
	public Map<String, String> springProperties() {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("spring.data.redis.cluster.nodes", addresses(processes()));
		putPassword(properties);
		return properties;
	}

	@Override
	Object roles() {
		return processes().stream().map((process) -> ClusterNode.self(process).role()).toList();
	}

	private Stream<RedisProcess> running() {
		return processes().stream().filter(RedisProcess::isRunning);
	}

	private boolean isStable() {
		List<List<ClusterNode>> views = running().map(ClusterNode::all).toList();
		Set<String> roles = roles(views.stream().flatMap(List::stream).filter(ClusterNode::myself));
		return running().allMatch(ClusterRedis::isReady) && views.stream().allMatch((view) -> agrees(view, roles));
	}

	private boolean agrees(List<ClusterNode> view, Set<String> roles) {
		Set<String> ids = running().map(this.ids::get).collect(Collectors.toSet());
		return roles(view.stream()).containsAll(roles)
				&& view.stream().allMatch((node) -> node.slots().isEmpty() || ids.contains(node.id()));
	}

	private static Set<String> roles(Stream<ClusterNode> nodes) {
		return nodes.map(ClusterNode::role).collect(Collectors.toSet());
	}

	private static boolean isReady(RedisProcess process) {
		return String.valueOf(process.command("CLUSTER", "INFO")).contains("cluster_state:ok")
				&& "up".equals(process.info("replication").getOrDefault("master_link_status", "up"));
	}

}
