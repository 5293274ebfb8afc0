package io.redispatterns.hash;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Nested;

/**
 * The contract over both clients and topologies.
 */
class HashStoreContractIntegrationTests {

	@Redis
	static StandaloneRedis standalone;

	@Redis
	static ClusterRedis cluster;

	@Nested
	class LettuceStandalone extends HashStoreContract {

		@Override
		RedisTopology redis() {
			return standalone;
		}

		@Override
		String client() {
			return "lettuce";
		}

	}

	@Nested
	class LettuceCluster extends HashStoreContract {

		@Override
		RedisTopology redis() {
			return cluster;
		}

		@Override
		String client() {
			return "lettuce";
		}

	}

	@Nested
	class JedisStandalone extends HashStoreContract {

		@Override
		RedisTopology redis() {
			return standalone;
		}

		@Override
		String client() {
			return "jedis";
		}

	}

	@Nested
	class JedisCluster extends HashStoreContract {

		@Override
		RedisTopology redis() {
			return cluster;
		}

		@Override
		String client() {
			return "jedis";
		}

	}

}
