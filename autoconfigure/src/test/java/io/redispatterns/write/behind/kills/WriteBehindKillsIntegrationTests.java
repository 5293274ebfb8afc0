package io.redispatterns.write.behind.kills;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes that write and flush random rows, of which one dies again and again, while
 * the database goes away and comes back.
 */
class WriteBehindKillsIntegrationTests {

	private static final long SEED = Long.getLong("redispatterns.write.seed", System.nanoTime());

	/** Far apart, so that a process never counts into the numbers of the next. */
	private static final long NUMBERS = 1_000_000;

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void losesNothing(boolean coalesce, @Redis StandaloneRedis redis) throws Exception {
		run(redis, coalesce, 2, 1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@Tag("on-demand")
	void losesNothingOverFiftyKills(boolean coalesce, @Redis StandaloneRedis redis) throws Exception {
		run(redis, coalesce, 50, 5);
	}

	private static void run(StandaloneRedis redis, boolean coalesce, int kills, int outages) throws Exception {
		System.out.printf("Kills with seed %d, coalescing %s%n", SEED, coalesce);
		Random random = new Random(SEED);
		RowModel model = new RowModel();
		try (RowDatabase database = new RowDatabase()) {
			String namespace = "kills-" + UUID.randomUUID();
			List<String> properties = properties(redis, database, namespace, coalesce);
			RowChild[] children = new RowChild[2];
			long first = 1;
			for (int i = 0; i < children.length; i++) {
				children[i] = new RowChild("n" + i, first, random.nextLong(), properties, model);
				first += NUMBERS;
			}
			try {
				for (RowChild child : children) {
					child.awaitWrites();
				}
				for (int kill = 0; kill < kills; kill++) {
					boolean away = kill * outages / kills < (kill + 1) * outages / kills;
					if (away) {
						database.leave();
					}
					pause(random.nextInt(700));
					int victim = random.nextInt(children.length);
					children[victim].kill();
					children[victim] = new RowChild("n" + victim, first, random.nextLong(), properties, model);
					first += NUMBERS;
					children[victim].awaitWrites();
					if (away) {
						database.comeBack();
					}
					pause(random.nextInt(700));
				}
				children[0].terminate();
				children[1].stopWriting();
				System.out.printf("%s changes wait%n", redis.command("HLEN", namespace + ":wb:{rows}:changes"));
				Awaitility.await()
					.atMost(Duration.ofMinutes(15))
					.until(() -> redis.command("EXISTS", namespace + ":wb:{rows}:changes"), Long.valueOf(0)::equals);
			}
			finally {
				for (RowChild child : children) {
					child.kill();
				}
			}
			int flushes = database.history().values().stream().mapToInt(List::size).sum();
			long different = database.history()
				.values()
				.stream()
				.mapToLong((each) -> each.stream().distinct().count())
				.sum();
			System.out.printf("%d acknowledged, %d flushed, %d again, %d rows, errors %s%n", model.acknowledged(),
					different, flushes - different, database.rows().size(), model.errors());
			assertThat(model.compare(database.rows())).as("what is wrong with seed %d", SEED).isEmpty();
			assertThat(database.history()).allSatisfy((id, flushed) -> {
				for (int i = 1; i < flushed.size(); i++) {
					assertThat(flushed.get(i - 1).mayPrecede(flushed.get(i)))
						.as("%s before %s of %s with seed %d", flushed.get(i - 1), flushed.get(i), id, SEED)
						.isTrue();
				}
			});
			assertThat(redis.command("EXISTS", namespace + ":wb:{rows}:dead")).isEqualTo(0L);
		}
	}

	private static List<String> properties(StandaloneRedis redis, RowDatabase database, String namespace,
			boolean coalesce) {
		List<String> properties = new ArrayList<>();
		redis.springProperties().forEach((key, value) -> properties.add(key + "=" + value));
		properties.addAll(List.of("redis.namespace=" + namespace, "redis.resilience.command-timeout=20s",
				"redis.resilience.connect-timeout=20s", "spring.datasource.url=" + database.url(),
				"spring.datasource.hikari.connection-timeout=1000", "redis.write.behind.rows.interval=20ms",
				"redis.write.behind.rows.batch-size=64", "redis.write.behind.rows.lease=1s",
				"redis.write.behind.rows.coalesce=" + coalesce));
		return properties;
	}

	private static void pause(int millis) {
		LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
	}

}
