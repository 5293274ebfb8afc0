package io.redispatterns.cache;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Nested;

/**
 * The contract over both clients and topologies.
 */
class CacheContractIntegrationTests {

	@Redis
	static StandaloneRedis standalone;

	@Redis
	static ClusterRedis cluster;

	@Nested
	class LettuceStandalone extends CacheContract {

		LettuceStandalone() {
			super(standalone, "lettuce");
		}

	}

	@Nested
	class LettuceCluster extends CacheContract {

		LettuceCluster() {
			super(cluster, "lettuce");
		}

	}

	@Nested
	class JedisStandalone extends CacheContract {

		JedisStandalone() {
			super(standalone, "jedis");
		}

	}

	@Nested
	class JedisCluster extends CacheContract {

		JedisCluster() {
			super(cluster, "jedis");
		}

	}

}
