package io.redispatterns.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.redispatterns.ratelimit.RateLimitDecision.Source;
import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract over both clients and topologies.
 */
class RateLimiterContractIntegrationTests {

	@Redis
	static StandaloneRedis standalone;

	@Redis
	static ClusterRedis cluster;

	@ParameterizedTest
	@EnumSource(value = Algorithm.class, names = "LEAKY_BUCKET", mode = EnumSource.Mode.EXCLUDE)
	void fourNodesWhoseClocksAreAnHourApartDecideAsOne(Algorithm algorithm) {
		try (RateLimitNode node = RateLimitNode.start(standalone.springProperties()).awaitConnection()) {
			List<RateLimiter> limiters = LongStream.range(-2, 2)
				.mapToObj(Duration::ofHours)
				.map(node::limiterAhead)
				.toList();
			RateLimitRequest request = RateLimitRequest.of("clocks-" + algorithm,
					RateLimitPolicy.of("p", 40, Duration.ofHours(1)).with(algorithm));
			List<RateLimitDecision> decisions = IntStream.range(0, 100)
				.mapToObj((i) -> limiters.get(i % 4).acquire(request))
				.toList();
			assertThat(decisions).noneMatch((decision) -> decision.source() == Source.LOCAL);
			assertThat(decisions.subList(0, 40)).allMatch(RateLimitDecision::allowed);
			assertThat(decisions.subList(40, 100)).noneMatch(RateLimitDecision::allowed);
		}
	}

	@Nested
	class LettuceStandalone extends RateLimiterContract {

		LettuceStandalone() {
			super(standalone, "lettuce");
		}

	}

	@Nested
	class LettuceCluster extends RateLimiterContract {

		LettuceCluster() {
			super(cluster, "lettuce");
		}

	}

	@Nested
	class JedisStandalone extends RateLimiterContract {

		JedisStandalone() {
			super(standalone, "jedis");
		}

	}

}
