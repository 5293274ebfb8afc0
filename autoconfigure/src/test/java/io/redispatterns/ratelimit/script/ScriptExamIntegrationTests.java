package io.redispatterns.ratelimit.script;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sliding windows pass an exam that what is in use elsewhere fails.
 */
class ScriptExamIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	private static ScriptLab lab;

	private final long seed = new Random().nextLong();

	@BeforeAll
	static void start() {
		lab = new ScriptLab(redis.springProperties());
	}

	@AfterAll
	static void stop() {
		lab.close();
	}

	private Exam exam(String begin, String end, Algorithm algorithm) {
		LuaScript<byte[]> script = ScriptLab.decide(begin, end,
				RateLimitPolicy.of("exam", Exam.LIMIT, Duration.ofMinutes(1)).with(algorithm));
		return new Exam(lab, script, algorithm, this.seed);
	}

	@ParameterizedTest
	@EnumSource(value = Algorithm.class, names = "SLIDING_.*", mode = EnumSource.Mode.MATCH_ALL)
	void slidingWindowsPass(Algorithm algorithm) {
		assertThat(exam("told.lua", "decide.lua", algorithm).faults(false)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = Algorithm.class, names = "SLIDING_.*", mode = EnumSource.Mode.MATCH_ALL)
	void slidingWindowsPassWithCosts(Algorithm algorithm) {
		assertThat(exam("told.lua", "decide.lua", algorithm).faults(true)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "told.lua, naive.lua, of what an exact window admits", "told.lua, two.lua, times the limit",
			"client.lua, decide.lua, times the limit" })
	void othersFail(String begin, String end, String fault) {
		assertThat(exam(begin, end, Algorithm.SLIDING_WINDOW).faults(false)).anyMatch((each) -> each.contains(fault));
	}

	@Test
	void onlyTheClockDiffersFromWhatRuns() {
		RateLimitPolicy[] policies = Stream.of(Algorithm.values())
			.map((algorithm) -> RateLimitPolicy.of(algorithm.name(), 1, Duration.ofMinutes(1)).with(algorithm))
			.toArray(RateLimitPolicy[]::new);
		String told = ScriptLab.decide("told.lua", "decide.lua", policies).text();
		String run = new PolicyScript(List.of(policies)).script().text();
		String clock = "local time = redis.call('TIME')\nlocal now = time[1] * 1000000 + time[2]\n";
		assertThat(run).contains(clock);
		assertThat(run.substring(run.indexOf(clock) + clock.length()))
			.isEqualTo(told.substring(told.indexOf("ARGV[#ARGV - 1])\n") + "ARGV[#ARGV - 1])\n".length()));
		String keyed = ScriptLab.SINGLE.text();
		String single = SingleBucket.SCRIPT.text();
		assertThat(single).contains(clock);
		assertThat(single.substring(single.indexOf(clock) + clock.length()))
			.isEqualTo(keyed.substring(keyed.indexOf("KEYS[#KEYS])\n") + "KEYS[#KEYS])\n".length()));
	}

}
