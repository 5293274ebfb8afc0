package io.redispatterns.test;

import java.util.List;
import java.util.stream.Stream;

import io.redispatterns.test.proxy.FaultProxy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ProxiedTopologiesIntegrationTests {

	@Test
	void leadsApplicationThroughProxyOfServer(@Redis(proxied = true) StandaloneRedis redis) {
		assertThat(redis.springProperties()).containsEntry("spring.data.redis.port",
				String.valueOf(redis.proxy().port()));
	}

	@Test
	void announcesProxiesOfCluster(@Redis(proxied = true) ClusterRedis cluster) {
		Stream<Integer> announced = cluster.processes().stream().map(RedisProcess::proxy).map(FaultProxy::port);
		String nodes = String.valueOf(cluster.masterOf("key").command("CLUSTER", "NODES"));
		assertThat(announced).hasSize(6).allMatch((port) -> nodes.contains("127.0.0.1:" + port + "@"));
		assertThat(cluster.springProperties().get("spring.data.redis.cluster.nodes"))
			.contains(":" + cluster.masterOf("key").proxy().port());
		RedisProcess before = cluster.masterOf("key");
		assertThat(cluster.failover(before)).isNotSameAs(before);
	}

	@Test
	void failsOverWhenMasterIsCutOff(@Redis(proxied = true) SentinelRedis redis) {
		RedisProcess before = redis.master();
		before.proxy().stopReading();
		await().until(() -> redis.master() != before);
		assertThat(before.command("PING")).isEqualTo("PONG");
		RedisProcess sentinel = redis.sentinels().get(0);
		assertThat(sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", redis.masterName()))
			.isEqualTo(List.of("127.0.0.1", String.valueOf(redis.master().proxy().port())));
		assertThat(String.valueOf(sentinel.command("SENTINEL", "SENTINELS", redis.masterName())))
			.contains("port, " + redis.sentinels().get(1).proxy().port());
	}

}
