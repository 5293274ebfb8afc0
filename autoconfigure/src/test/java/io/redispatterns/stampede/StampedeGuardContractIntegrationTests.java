package io.redispatterns.stampede;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Nested;

/**
 * The contract over all guards and topologies, where the guard listens by itself also
 * over both clients.
 */
class StampedeGuardContractIntegrationTests {

	@Redis
	static StandaloneRedis standalone;

	@Redis
	static ClusterRedis cluster;

	@Nested
	class RedissonStandalone extends StampedeGuardContract {

		RedissonStandalone() {
			super(standalone, "redisson", "lettuce");
		}

	}

	@Nested
	class RedissonCluster extends StampedeGuardContract {

		RedissonCluster() {
			super(cluster, "redisson", "lettuce");
		}

	}

	@Nested
	class LeaseStandalone extends StampedeGuardContract {

		LeaseStandalone() {
			super(standalone, "lease", "lettuce");
		}

	}

	@Nested
	class LeaseStandaloneJedis extends StampedeGuardContract {

		LeaseStandaloneJedis() {
			super(standalone, "lease", "jedis");
		}

	}

	@Nested
	class LeaseCluster extends StampedeGuardContract {

		LeaseCluster() {
			super(cluster, "lease", "lettuce");
		}

	}

	@Nested
	class LeaseClusterJedis extends StampedeGuardContract {

		LeaseClusterJedis() {
			super(cluster, "lease", "jedis");
		}

	}

	@Nested
	class LocalStandalone extends StampedeGuardContract {

		LocalStandalone() {
			super(standalone, "local", "lettuce");
		}

	}

	@Nested
	class LocalCluster extends StampedeGuardContract {

		LocalCluster() {
			super(cluster, "local", "lettuce");
		}

	}

	@Nested
	class NoneStandalone extends StampedeGuardContract {

		NoneStandalone() {
			super(standalone, "none", "lettuce");
		}

	}

	@Nested
	class NoneCluster extends StampedeGuardContract {

		NoneCluster() {
			super(cluster, "none", "lettuce");
		}

	}

}
