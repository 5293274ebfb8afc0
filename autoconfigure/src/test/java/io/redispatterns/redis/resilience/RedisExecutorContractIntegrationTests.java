package io.redispatterns.redis.resilience;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Nested;

/**
 * The contract over both clients and topologies.
 */
class RedisExecutorContractIntegrationTests {

	@Redis
	static StandaloneRedis standalone;

	@Redis
	static ClusterRedis cluster;

	@Nested
	class LettuceStandalone extends RedisExecutorContract {

		LettuceStandalone() {
			super(standalone, "lettuce");
		}

	}

	@Nested
	class LettuceCluster extends RedisExecutorContract {

		LettuceCluster() {
			super(cluster, "lettuce");
		}

	}

	@Nested
	class JedisStandalone extends RedisExecutorContract {

		JedisStandalone() {
			super(standalone, "jedis");
		}

	}

	@Nested
	class JedisCluster extends RedisExecutorContract {

		JedisCluster() {
			super(cluster, "jedis");
		}

	}

}
