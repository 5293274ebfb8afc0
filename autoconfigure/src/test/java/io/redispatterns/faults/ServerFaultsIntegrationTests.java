package io.redispatterns.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.redispatterns.faults.Faults.OnDemand;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that is gone, hung, slow, full, demoted, loading or locked.
 */
@Faults
class ServerFaultsIntegrationTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Pattern OURS = Pattern.compile("(WARN|ERROR|INFO) +(i|io)\\.(r|redispatterns)\\..*");

	@Test
	void f1SurvivesACrash(@Redis StandaloneRedis redis) {
		crash("lettuce", redis);
	}

	@Test
	@OnDemand
	void f1SurvivesACrashWithJedis(@Redis StandaloneRedis redis) {
		crash("jedis", redis);
	}

	private void crash(String client, StandaloneRedis redis) {
		FaultTable.check("F1 crash", client, Limits.OUTAGE, ServerFaults.run(Scale.current(), client,
				redis.springProperties(), redis.server()::kill, redis.server()::restart));
	}

	@Test
	void f2SurvivesAHang(@Redis StandaloneRedis redis) {
		hang("lettuce", redis);
	}

	@Test
	@OnDemand
	void f2SurvivesAHangWithJedis(@Redis StandaloneRedis redis) {
		hang("jedis", redis);
	}

	private void hang(String client, StandaloneRedis redis) {
		FaultTable.check("F2 hang", client, ServerFaults.HANG, ServerFaults.hang(client, redis));
	}

	@Test
	@OnDemand
	void f3StartsWithoutAnAnswer(@Redis StandaloneRedis redis) {
		startTime(redis);
		long healthy = startTime(redis);
		redis.server().freeze();
		long begin = System.nanoTime();
		try (FaultRun run = new FaultRun(Scale.current().nodes(1).threads(64).warmUp(Duration.ZERO))) {
			run.start("lettuce", redis.springProperties());
			long took = System.nanoTime() - begin;
			FaultTable.check("F3 hang at start", "lettuce", Limits.OUTAGE,
					run.heal(redis.server()::thaw).run(ServerFaults::nothing));
			assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofNanos(healthy).plus(SECOND));
		}
	}

	private static long startTime(StandaloneRedis redis) {
		long begin = System.nanoTime();
		try (FaultRun run = new FaultRun(Scale.current().nodes(1))) {
			run.start("lettuce", redis.springProperties());
			return System.nanoTime() - begin;
		}
	}

	@Test
	void f4IsNotSlowerThanTheDatabaseWhenRedisIs(@Redis StandaloneRedis redis) {
		Duration fault = Scale.choose(Duration.ofSeconds(4), Duration.ofSeconds(8));
		Limits limits = Limits.OUTAGE.p99(Limits.COMMAND_TIMEOUT.plus(Database.READ))
			.added(Duration.ofMillis(1), Duration.ofSeconds(2));
		FaultTable.check("F4 latency of 200 ms", "lettuce", limits,
				ServerFaults.run(ServerFaults.lasting(fault), "lettuce", redis.springProperties(redis.proxy()),
						() -> redis.proxy().latency(Duration.ofMillis(200), Duration.ofMillis(50)),
						redis.proxy()::heal));
	}

	@Test
	@OnDemand
	void f4SurvivesAPause(@Redis StandaloneRedis redis) {
		Limits limits = Limits.OUTAGE.p99(Limits.COMMAND_TIMEOUT.plus(Database.READ));
		FaultTable.check("F4 pause", "lettuce", limits,
				ServerFaults.run(ServerFaults.lasting(Duration.ofSeconds(3)), "lettuce", redis.springProperties(),
						() -> redis.command("CLIENT", "PAUSE", "3000", "ALL"), ServerFaults::nothing));
	}

	@Test
	void f5CountsEachPutThatAFullServerRefuses(@Redis StandaloneRedis redis) {
		try (FaultRun run = new FaultRun(Scale.current())) {
			run.start("lettuce", redis.springProperties())
				.writers(0)
				.heal(() -> redis.command("CONFIG", "SET", "maxmemory", "0"));
			Figures figures = run.run(() -> {
				redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
				redis.command("CONFIG", "SET", "maxmemory", "100kb");
				redis.command("FLUSHALL");
			});
			long loads = figures.history()
				.between(0, Long.MAX_VALUE - History.BUCKET)
				.stream()
				.mapToLong((bucket) -> bucket.loads.get())
				.sum();
			long puts = run.nodes().stream().mapToLong((node) -> node.count(Items.CACHE, "cache.puts")).sum();
			long failed = run.nodes()
				.stream()
				.mapToLong((node) -> node.count(Items.CACHE, "redis.cache.failures", "operation", "write")
						+ node.count(Items.CACHE, "redis.cache.fills.refused"))
				.sum();
			// Redis answers that there is nothing: a stand-in could be older than its
			// answer
			int atOnce = run.nodes().stream().mapToInt((node) -> node.items().mostAtOnce()).max().orElseThrow();
			Limits limits = Limits.NONE.exactly("loads of a key at once on a node", 1, atOnce)
				.exactly("skipped puts counted", loads - puts, failed);
			FaultTable.check("F5 full", "lettuce", limits, figures);
		}
	}

	@Test
	@OnDemand
	void f6KeepsHittingWhenTheServerIsReadOnly(@Redis StandaloneRedis redis) {
		FaultTable.check("F6 read-only", "lettuce", Limits.NONE.hits(0.4),
				ServerFaults.run(ServerFaults.lasting(Duration.ofSeconds(4)), "lettuce", redis.springProperties(),
						() -> redis.command("REPLICAOF", "127.0.0.1", "1"),
						() -> redis.command("REPLICAOF", "NO", "ONE")));
	}

	@Test
	@OnDemand
	void f11WaitsForAServerThatLoads(
			@Redis({ "--enable-debug-command", "yes", "--key-load-delay", "50" }) StandaloneRedis redis) {
		redis.command("DEBUG", "POPULATE", "150000", "k", "100");
		redis.command("SAVE");
		Figures figures = ServerFaults.run(ServerFaults.lasting(SECOND), "lettuce", redis.springProperties(),
				redis.server()::kill, redis.server()::restart);
		assertThat(figures.history().heal() - figures.history().fault()).as("time to load")
			.isGreaterThan(Duration.ofSeconds(5).toNanos());
		FaultTable.check("F11 loading", "lettuce", Limits.OUTAGE, figures);
	}

	@Test
	void f12DoesNotNoticeThatScriptsAreForgotten(@Redis StandaloneRedis redis) {
		Duration fault = Scale.choose(Duration.ofMillis(2_500), Duration.ofSeconds(10));
		Duration interval = Duration.ofMillis(200);
		try (FaultRun run = new FaultRun(ServerFaults.lasting(fault))) {
			run.start("lettuce", redis.springProperties()).writingBefore();
			FaultTable.check("F12 scripts forgotten", "lettuce", Limits.NONE.hits(0.9).fresh(), run.run(() -> {
				for (long i = 0; i < fault.dividedBy(interval); i++) {
					redis.command("SCRIPT", "FLUSH");
					FaultRun.pause(interval);
				}
			}));
		}
	}

	@Test
	@OnDemand
	@ExtendWith(OutputCaptureExtension.class)
	void f13RecoversFromARevokedPassword(@Redis StandaloneRedis redis, CapturedOutput output) {
		int begin = output.getAll().length();
		Figures figures = ServerFaults.run(Scale.current().nodes(1), "lettuce", redis.springProperties(), () -> {
			redis.command("CONFIG", "SET", "requirepass", "canary-secret");
			redis.command("CLIENT", "KILL", "TYPE", "normal");
		}, () -> redis.command("CONFIG", "SET", "requirepass", ""));
		String log = output.getAll().substring(begin);
		List<String> violations = new ArrayList<>(Limits.OUTAGE.violations(figures));
		Map<String, Long> messages = OURS.matcher(log)
			.results()
			.map((line) -> line.group().replaceAll("\\d+", "0"))
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		long allowed = 1 + Duration.ofNanos(figures.history().heal() - figures.history().fault()).toSeconds() / 10;
		messages.values().removeIf((count) -> count <= allowed);
		if (!messages.isEmpty()) {
			violations.add("logged too often: " + messages);
		}
		if (log.contains("canary-secret")) {
			violations.add("secret in the log");
		}
		FaultTable.check("F13 password revoked", "lettuce", Limits.OUTAGE, figures, violations);
	}

	@Test
	@OnDemand
	void f40KeepsMemoryFlatInALongOutage(@Redis StandaloneRedis redis) {
		try (FaultRun run = new FaultRun(Scale.current().nodes(1).threads(200).fault(Duration.ofSeconds(60)))) {
			run.start("lettuce", redis.springProperties()).heal(redis.server()::thaw).weighed();
			Figures figures = run.run(redis.server()::freeze);
			String fault = "F40 hang of 60 s, 200 threads, heap %+d KiB"
				.formatted(figures.history().heapGrowth() / 1024);
			FaultTable.check(fault, "lettuce", Limits.OUTAGE.heap(16 << 20), figures);
		}
	}

}
