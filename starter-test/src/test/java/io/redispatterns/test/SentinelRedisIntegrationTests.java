package io.redispatterns.test;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SentinelRedisIntegrationTests {

	@Test
	void watchesMasterWithTwoReplicas(@Redis SentinelRedis redis) {
		assertThat(redis.replicas()).hasSize(2).doesNotContain(redis.master());
		assertThat(redis.master().command("SET", "key", "value")).isEqualTo("OK");
		assertThat(redis.sentinels()).allSatisfy(
				(sentinel) -> assertThat(sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", redis.masterName()))
					.asInstanceOf(InstanceOfAssertFactories.LIST)
					.containsExactly("127.0.0.1", String.valueOf(redis.master().port())));
	}

	@Test
	void followsReplicaAfterMasterFroze(@Redis SentinelRedis redis) {
		RedisProcess before = redis.master();
		before.freeze();
		redis.awaitStable();
		RedisProcess after = redis.master();
		assertThat(after).isNotSameAs(before);
		assertThat(after.info("replication")).containsEntry("role", "master");
		assertThat(redis.replicas()).hasSize(1).doesNotContain(after, before);
	}

	@Test
	void changesOptionsAndFailsOverOnDemand(@Redis({ "--requirepass", "secret" }) SentinelRedis redis) {
		redis.set("down-after-milliseconds", "500");
		RedisProcess before = redis.master();
		assertThat(redis.failover()).isNotSameAs(before);
		assertThat(redis.replicas()).contains(before);
		assertThat(redis.springProperties()).containsEntry("spring.data.redis.sentinel.master", "mymaster")
			.containsEntry("spring.data.redis.password", "secret")
			.hasEntrySatisfying("spring.data.redis.sentinel.nodes",
					(nodes) -> assertThat(nodes).contains(":" + redis.sentinels().get(2).port()));
	}

}
