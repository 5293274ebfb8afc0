package io.redispatterns.test;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterNodeTests {

	private final List<ClusterNode> nodes = ClusterNode.parse("""
			a1 127.0.0.1:11001@21001 master - 0 1700000000000 3 connected 0-100 200 [300->-b2]
			b2 127.0.0.1:11002@21002,host myself,slave a1 0 1700000000000 3 connected
			""");

	@Test
	void readsMasterWithItsSlots() {
		ClusterNode master = this.nodes.get(0);
		assertThat(master.isMaster()).isTrue();
		assertThat(master.myself()).isFalse();
		assertThat(master.epoch()).isEqualTo(3);
		assertThat(List.of(0L, 100L, 200L)).allMatch(master::owns);
		assertThat(List.of(101L, 199L, 300L)).noneMatch(master::owns);
	}

	@Test
	void readsReplicaWithItsMaster() {
		ClusterNode replica = this.nodes.get(1);
		assertThat(replica.isMaster()).isFalse();
		assertThat(replica.myself()).isTrue();
		assertThat(replica.masterId()).isEqualTo("a1");
		assertThat(replica.slots()).isEmpty();
	}

}
