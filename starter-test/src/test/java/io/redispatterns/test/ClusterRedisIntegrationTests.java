package io.redispatterns.test;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterRedisIntegrationTests {

	@Test
	void servesEverySlotFromThreeMastersWithOneReplicaEach(@Redis ClusterRedis cluster) {
		assertThat(cluster.masters()).hasSize(3);
		assertThat(cluster.replicas()).hasSize(3);
		assertThat(cluster.masters()).extracting(cluster::replicaOf).doesNotHaveDuplicates();
		for (String key : new String[] { "a", "b", "c", "{a}d" }) {
			assertThat(cluster.masterOf(key).command("SET", key, "1")).isEqualTo("OK");
		}
		assertThat(cluster.masterOf("{a}d")).isSameAs(cluster.masterOf("a"));
	}

	@Test
	void swapsMasterAndReplicaOnFailover(@Redis ClusterRedis cluster) {
		RedisProcess before = cluster.masterOf("key");
		RedisProcess after = cluster.failover(before);
		assertThat(cluster.masterOf("key")).isSameAs(after);
		assertThat(cluster.replicaOf(after)).isSameAs(before);
		after.freeze();
		cluster.awaitStable();
		assertThat(cluster.masterOf("key")).isSameAs(before);
		after.restart();
		cluster.awaitStable();
		assertThat(cluster.replicaOf(before)).isSameAs(after);
	}

}
