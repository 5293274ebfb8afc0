package io.redispatterns.stampede;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is killed while it loads, with others waiting for it.
 */
class DeadHolderIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(2);

	/**
	 * What a busy machine may take.
	 */
	private static final Duration SLACK = Duration.ofSeconds(2);

	private static final int CALLERS = 20;

	@Redis
	static StandaloneRedis redis;

	@ParameterizedTest
	@ValueSource(strings = { "redisson", "lease" })
	void letsAnotherLoadWhenTheLeaseOfADeadHolderEnds(String guard) throws Exception {
		Run run = run(guard, "redis.stampede.wait=30s", true);
		assertThat(run.loads()).isEqualTo(1);
		assertThat(run.longest()).isLessThan(LEASE.plus(SLACK));
	}

	@ParameterizedTest
	@ValueSource(strings = { "redisson", "lease" })
	void letsAnotherLoadWhoHasWaitedForAHolderThatHangs(String guard) throws Exception {
		Duration patience = Duration.ofMillis(500);
		Run run = run(guard, "redis.stampede.wait=" + patience.toMillis() + "ms", false);
		assertThat(run.loads()).isEqualTo(1);
		assertThat(run.longest()).isBetween(patience, patience.plus(SLACK));
	}

	private static Run run(String guard, String patience, boolean kill) throws Exception {
		String[] settings = { "redis.stampede.lease=" + LEASE.toMillis() + "ms", patience,
				"redis.resilience.command-timeout=10s", "redis.resilience.connect-timeout=10s",
				"redis.cache.nodes.silent-after=0" };
		String key = UUID.randomUUID().toString();
		ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
		Process holder = start(guard, key, settings);
		try (GuardNode survivor = GuardNode.start(redis.springProperties(), guard, settings).warm();
				BufferedReader output = holder.inputReader()) {
			survivor.cache("herd").get("warm", () -> "value");
			for (String line = output.readLine(); !"loading".equals(line); line = output.readLine()) {
				assertThat(line).as("the holder goes on").isNotNull();
			}
			AtomicInteger loads = new AtomicInteger();
			List<Future<Duration>> calls = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				calls.add(threads.submit(() -> call(survivor, key, loads)));
			}
			if (kill) {
				holder.destroyForcibly();
			}
			Duration longest = Duration.ZERO;
			for (Future<Duration> call : calls) {
				Duration took = call.get(30, TimeUnit.SECONDS);
				longest = (took.compareTo(longest) > 0) ? took : longest;
			}
			return new Run(loads.get(), longest);
		}
		finally {
			holder.destroyForcibly();
			threads.shutdownNow();
		}
	}

	private static Duration call(GuardNode node, String key, AtomicInteger loads) {
		long begun = System.nanoTime();
		assertThat(node.cache("herd").get(key, () -> "value " + loads.incrementAndGet())).isEqualTo("value 1");
		return Duration.ofNanos(System.nanoTime() - begun);
	}

	private static Process start(String guard, String key, String... settings) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
						"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Holder.class.getName(),
						guard, key, String.valueOf(redis.port())));
		command.addAll(List.of(settings));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
	}

	/**
	 * What came of it.
	 */
	private record Run(int loads, Duration longest) {

	}

	/**
	 * The process that does not come to the end of its load.
	 */
	static final class Holder {

		private Holder() {
		}

		public static void main(String[] args) {
			Map<String, String> connection = Map.of("spring.data.redis.host", "127.0.0.1", "spring.data.redis.port",
					args[2]);
			String[] settings = List.of(args).subList(3, args.length).toArray(String[]::new);
			GuardNode node = GuardNode.start(connection, args[0], settings).warm();
			node.cache("herd").get(args[1], () -> {
				System.out.println("loading");
				Thread.currentThread().join(Duration.ofMinutes(1).toMillis());
				return "late";
			});
		}

	}

}
