package io.redispatterns.races;

import java.time.Duration;

import io.redispatterns.races.Event.Kind;
import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random readers and writers of few rows on several nodes, of which one dies again and
 * again.
 */
@Tag("races")
class RaceIntegrationTests {

	private static final long SEED = Long.getLong("redispatterns.races.seed", System.nanoTime());

	private static final boolean FENCES = Boolean
		.parseBoolean(System.getProperty("redispatterns.races.fences", "true"));

	private static final Duration LENGTH = DurationStyle
		.detectAndParse(System.getProperty("redispatterns.races.length", "0s"));

	private static final Duration ROUND = Duration.ofSeconds(30);

	@Test
	void findsWhatIsWrongWithANaiveCache(@Redis StandaloneRedis redis) {
		RaceHistory history = RaceRun.run(redis, Duration.ofSeconds(4), false, SEED,
				new RaceSettings(true, false, false, false));
		assertThat(RaceRun.judge("Naive cache", SEED, history, Duration.ZERO)).as("what is wrong").containsKey("stale");
	}

	@Test
	void noReadIsOlderThanWhatWasAcknowledgedBefore(@Redis StandaloneRedis redis) {
		RaceHistory history = RaceRun.run(redis, Duration.ofSeconds(10), true, SEED,
				new RaceSettings(false, FENCES, false, false));
		judge("Races", SEED, history, Duration.ZERO);
	}

	@Test
	void whatIsNearIsNoOlderThanItsBoundWhileLinksBreak(@Redis StandaloneRedis redis) {
		RaceHistory history = RaceRun.run(redis, Duration.ofSeconds(6), true, SEED, RaceSettings.faulty(false));
		judge("Races with near caches whose links break", SEED, history, RaceRun.FAULTY);
		assertThat(history.faults()).extracting(RaceLinks.Struck::fault)
			.as("faults of seed " + SEED)
			.contains(RaceLinks.Fault.values());
	}

	@Test
	void whatIsNearIsNoOlderThanItsBoundOnACluster(@Redis ClusterRedis redis) {
		RaceHistory history = RaceRun.run(redis, Duration.ofSeconds(4), true, SEED,
				new RaceSettings(false, FENCES, false, true));
		judge("Races with near caches on a cluster", SEED, history, RaceRun.NEAR_ON_A_CLUSTER);
	}

	@Test
	@Tag("on-demand")
	void holdsForAsLongAsOneLikes(@Redis StandaloneRedis standalone, @Redis ClusterRedis cluster) {
		long end = System.nanoTime() + LENGTH.toNanos();
		long seed = SEED;
		do {
			boolean even = seed % 2 == 0;
			boolean near = seed % 4 > 1;
			Duration bound = even ? RaceRun.NEAR : RaceRun.NEAR_ON_A_CLUSTER;
			RaceHistory history = RaceRun.run(even ? standalone : cluster, ROUND, true, seed,
					new RaceSettings(false, FENCES, true, near));
			judge((near ? "Races with near caches" : "Races") + (even ? "" : " on a cluster"), seed++, history,
					near ? bound : Duration.ZERO);
		}
		while (System.nanoTime() < end);
	}

	@Test
	@Tag("on-demand")
	void holdsForAsLongAsOneLikesWhileLinksBreak(@Redis StandaloneRedis redis) {
		long end = System.nanoTime() + LENGTH.toNanos();
		long seed = SEED;
		do {
			RaceHistory history = RaceRun.run(redis, ROUND, true, seed, RaceSettings.faulty(true));
			judge("Races with near caches whose links break", seed++, history, RaceRun.FAULTY);
		}
		while (System.nanoTime() < end);
	}

	private static void judge(String name, long seed, RaceHistory history, Duration bound) {
		assertThat(RaceRun.judge(name, seed, history, bound)).as("what is wrong with seed " + seed).isEmpty();
		if (bound != Duration.ZERO) {
			assertThat(history.near()).as("reads from near of seed " + seed).isPositive();
		}
		assertThat(history.errors().keySet()).as("errors of seed " + seed).isSubsetOf("line cut off");
		assertThat(history.count(Kind.LOADED)).as("loads of seed " + seed).isLessThan(history.count(Kind.READ) * 3 / 4);
	}

}
