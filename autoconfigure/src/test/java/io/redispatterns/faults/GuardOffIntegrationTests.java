package io.redispatterns.faults;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether it is the guard that the rows see.
 */
@Tag("faults")
class GuardOffIntegrationTests {

	@Test
	void hangIsNoticedWithoutTheGuard(@Redis StandaloneRedis redis) {
		Figures figures = ServerFaults.hang("lettuce", redis, "redis.resilience.enabled=false");
		assertThat(ServerFaults.HANG.violations(figures)).as("what exceeds a number without the guard").isNotEmpty();
	}

}
