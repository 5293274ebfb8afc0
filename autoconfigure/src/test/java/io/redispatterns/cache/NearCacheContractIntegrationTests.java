package io.redispatterns.cache;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

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
	class OnCluster extends NearCacheContract {

		OnCluster() {
			super(cluster);
		}

		@Override
		@AfterAll
		public void close() {
			super.close();
		}

	}

}
