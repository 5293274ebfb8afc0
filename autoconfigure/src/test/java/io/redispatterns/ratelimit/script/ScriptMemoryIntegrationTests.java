package io.redispatterns.ratelimit.script;

import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a subject takes of the server's memory, its key and all that is around it.
 */
class ScriptMemoryIntegrationTests {

	private static final long EPOCH = 1_795_199_603_946_400L;

	@Test
	void bucketTakes140BytesAtMost(@Redis StandaloneRedis redis) {
		RateLimitPolicy policy = RateLimitPolicy.of("api", 1000, Duration.ofMinutes(1));
		assertThat(bytes(redis, policy, 2000, new long[] { EPOCH }, 1000)).isBetween(60.0, 140.0);
	}

	@Test
	void slidingWindowOfAThousandTakes400BytesAtMost(@Redis StandaloneRedis redis) {
		RateLimitPolicy policy = RateLimitPolicy.of("api", 1000, Duration.ofMinutes(1)).with(Algorithm.SLIDING_WINDOW);
		long[] all = LongStream.range(0, 101).map((part) -> EPOCH + part * 600_000).toArray();
		assertThat(bytes(redis, policy, 250, all, 9)).isBetween(200.0, 400.0);
	}

	private static double bytes(StandaloneRedis redis, RateLimitPolicy policy, int subjects, long[] times, long cost) {
		try (ScriptLab lab = new ScriptLab(redis.springProperties())) {
			lab.ask("first", EPOCH, 1, policy);
			long before = memory(redis);
			long[][] both = LongStream.of(times).mapToObj((time) -> new long[] { time, time }).toArray(long[][]::new);
			long[] costs = LongStream.of(times).map((time) -> cost).toArray();
			for (int i = 0; i < subjects; i++) {
				assertThat(lab.askAll(ScriptLab.decide("told.lua", "decide.lua", policy), "user:%05d".formatted(i),
						policy, both, costs))
					.allMatch(Verdict::allowed);
			}
			double bytes = (memory(redis) - before) / (double) subjects;
			System.out.printf("%s: %.0f bytes of a subject%n", policy.algorithm(), bytes);
			return bytes;
		}
	}

	/**
	 * What a server has allocated, without the buffers of its connections: they grow with
	 * what is on its way.
	 */
	private static long memory(StandaloneRedis redis) {
		Map<String, String> memory = redis.server().info("memory");
		return Long.parseLong(memory.get("used_memory")) - Long.parseLong(memory.get("mem_clients_normal"));
	}

}
