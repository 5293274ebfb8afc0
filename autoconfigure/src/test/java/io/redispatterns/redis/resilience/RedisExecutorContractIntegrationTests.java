package io.redispatterns.redis.resilience;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
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

		@Override
		RedisTopology servers() {
			return standalone;
		}

		@Override
		String client() {
			return "lettuce";
		}

	}

	@Nested
	class LettuceCluster extends RedisExecutorContract {

		@Override
		RedisTopology servers() {
			return cluster;
		}

		@Override
		String client() {
			return "lettuce";
		}

	}

	@Nested
	class JedisStandalone extends RedisExecutorContract {

		@Override
		RedisTopology servers() {
			return standalone;
		}

		@Override
		String client() {
			return "jedis";
		}

	}

	@Nested
	class JedisCluster extends RedisExecutorContract {

		@Override
		RedisTopology servers() {
			return cluster;
		}

		@Override
		String client() {
			return "jedis";
		}

	}

}
