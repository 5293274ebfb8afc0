package io.redispatterns.cache;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisProcess;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs {@link NearCacheContract} on each topology.
 */
class NearCacheContractIntegrationTests {

	@Redis
	static StandaloneRedis standalone;

	@Redis
	static ClusterRedis cluster;

	@Nested
	class OnStandalone extends NearCacheContract {

		OnStandalone() {
			super(standalone);
		}

		@Override
		@AfterAll
		public void close() {
			super.close();
		}

	}

	@Nested
	class WithJedis extends NearCacheContract {

		WithJedis() {
			super(standalone, "spring.data.redis.client-type=jedis");
		}

		@Override
		@AfterAll
		public void close() {
			super.close();
		}

	}

	@Nested
	class WithJedisOnCluster extends NearCacheContract {

		WithJedisOnCluster() {
			super(cluster, "spring.data.redis.client-type=jedis");
		}

		@Override
		@AfterAll
		public void close() {
			super.close();
		}

	}

	@Nested
	class OnCluster extends NearCacheContract {

		OnCluster() {
			super(cluster);
		}

		/** Nobody writes: what each server is sent are beats. */
		@Test
		void beatsGoByWayOfEachMaster() {
			for (RedisProcess master : cluster.masters()) {
				long before = scripts(master);
				await().untilAsserted(() -> assertThat(scripts(master)).as("%s %s", master, master.commandStats())
					.isGreaterThan(before + 2));
			}
		}

		private long scripts(RedisProcess master) {
			return master.commandStats().getOrDefault("publish", 0L);
		}

		@Override
		@AfterAll
		public void close() {
			super.close();
		}

	}

}
