package io.redispatterns.invalidation.link;

import java.util.LinkedHashMap;
import java.util.Map;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;

/**
 * The servers of a cluster that have slots, as far as the client knows: each with a text
 * that, as a hash tag, is in one of its slots. A single server has an empty name.
 */
final class RedisServers {

	private RedisServers() {
	}

	static Map<String, String> of(AbstractRedisClient client) {
		return (client instanceof RedisClusterClient cluster) ? of(cluster.getPartitions()) : ServerLink.SINGLE;
	}

	private static Map<String, String> of(Partitions partitions) {
		Map<String, String> servers = new LinkedHashMap<>();
		for (int slot = 0; slot < SlotHash.SLOT_COUNT; slot++) {
			RedisClusterNode node = partitions.getPartitionBySlot(slot);
			if (node != null && !servers.containsKey(node.getNodeId())) {
				servers.put(node.getNodeId(), RedisSlots.tag(slot));
			}
		}
		return servers;
	}

}
