package io.redispatterns.ratelimit;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Nested;

/**
 * The contract over both clients and topologies.
 */
class RateLimiterContractIntegrationTests {

	@Redis
	static StandaloneRedis standalone;

	@Redis
	static ClusterRedis cluster;

	@Nested
	class LettuceStandalone extends RateLimiterContract {

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
	class LettuceCluster extends RateLimiterContract {

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
	class JedisStandalone extends RateLimiterContract {

		@Override
		RedisTopology redis() {
			return standalone;
		}

		@Override
		String client() {
			return "jedis";
		}

	}

}
