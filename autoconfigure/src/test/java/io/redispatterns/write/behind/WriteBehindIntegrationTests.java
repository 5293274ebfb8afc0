package io.redispatterns.write.behind;

import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisTopology;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Nested;

/**
 * The contract over both topologies.
 */
class WriteBehindIntegrationTests {

	@Redis
	static StandaloneRedis standalone;

	@Redis
	static ClusterRedis cluster;

	@Nested
	class Standalone extends WriteBehindContract {

		@Override
		RedisTopology redis() {
			return standalone;
		}

	}

	@Nested
	class Cluster extends WriteBehindContract {

		@Override
		RedisTopology redis() {
			return cluster;
		}

	}

}
