package io.redispatterns.stampede;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
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

		@Override
		RedisTopology servers() {
			return standalone;
		}

		@Override
		String guard() {
			return "redisson";
		}

		@Override
		boolean guardsTheCluster() {
			return true;
		}

	}

	@Nested
	class RedissonCluster extends StampedeGuardContract {

		@Override
		RedisTopology servers() {
			return cluster;
		}

		@Override
		String guard() {
			return "redisson";
		}

		@Override
		boolean guardsTheCluster() {
			return true;
		}

	}

	@Nested
	class LeaseStandalone extends StampedeGuardContract {

		@Override
		RedisTopology servers() {
			return standalone;
		}

		@Override
		String guard() {
			return "lease";
		}

		@Override
		boolean guardsTheCluster() {
			return true;
		}

	}

	@Nested
	class LeaseStandaloneJedis extends StampedeGuardContract {

		@Override
		RedisTopology servers() {
			return standalone;
		}

		@Override
		String guard() {
			return "lease";
		}

		@Override
		boolean guardsTheCluster() {
			return true;
		}

		@Override
		String client() {
			return "jedis";
		}

	}

	@Nested
	class LeaseCluster extends StampedeGuardContract {

		@Override
		RedisTopology servers() {
			return cluster;
		}

		@Override
		String guard() {
			return "lease";
		}

		@Override
		boolean guardsTheCluster() {
			return true;
		}

	}

	@Nested
	class LeaseClusterJedis extends StampedeGuardContract {

		@Override
		RedisTopology servers() {
			return cluster;
		}

		@Override
		String guard() {
			return "lease";
		}

		@Override
		boolean guardsTheCluster() {
			return true;
		}

		@Override
		String client() {
			return "jedis";
		}

	}

	@Nested
	class LocalStandalone extends StampedeGuardContract {

		@Override
		RedisTopology servers() {
			return standalone;
		}

		@Override
		String guard() {
			return "local";
		}

		@Override
		boolean guardsTheCluster() {
			return false;
		}

	}

	@Nested
	class LocalCluster extends StampedeGuardContract {

		@Override
		RedisTopology servers() {
			return cluster;
		}

		@Override
		String guard() {
			return "local";
		}

		@Override
		boolean guardsTheCluster() {
			return false;
		}

	}

	@Nested
	class NoneStandalone extends StampedeGuardContract {

		@Override
		RedisTopology servers() {
			return standalone;
		}

		@Override
		String guard() {
			return "none";
		}

		@Override
		boolean guardsTheCluster() {
			return false;
		}

	}

	@Nested
	class NoneCluster extends StampedeGuardContract {

		@Override
		RedisTopology servers() {
			return cluster;
		}

		@Override
		String guard() {
			return "none";
		}

		@Override
		boolean guardsTheCluster() {
			return false;
		}

	}

}
