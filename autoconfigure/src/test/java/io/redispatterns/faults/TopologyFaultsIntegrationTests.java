package io.redispatterns.faults;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.redispatterns.faults.Faults.OnDemand;
import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import io.redispatterns.test.RedisProcess;
import io.redispatterns.test.SentinelRedis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Test;

/**
 * Servers of which one takes over from another, or none can.
 */
@Faults
class TopologyFaultsIntegrationTests {

	private static final Duration DOWN_AFTER = Duration.ofSeconds(1);

	private static final Duration NODE_TIMEOUT = Duration.ofMillis(1_500);

	private static final Set<String> WRITES = Set.of("set", "setex", "psetex", "setnx", "getset", "getdel", "getex",
			"append", "del", "unlink", "expire", "pexpire", "incr", "incrby", "eval", "evalsha", "fcall");

	@Test
	@OnDemand
	void f7FollowsAFailoverAfterACrash(@Redis SentinelRedis redis) {
		Duration back = DOWN_AFTER.plusSeconds(2);
		try (FaultRun run = new FaultRun(ServerFaults.lasting(back))) {
			run.start("lettuce", redis.springProperties()).writingBefore();
			FaultTable.check("F7 failover, master crashed", "lettuce", Limits.NONE.recoverySinceFault(back),
					run.run(redis.master()::kill));
		}
	}

	@Test
	void f8FollowsAFailoverAfterAHang(@Redis SentinelRedis redis) {
		Duration back = DOWN_AFTER.plusSeconds(3);
		// Sentinels on a machine that builds may need a second election
		Duration limit = Scale.choose(back.plusSeconds(2), back);
		RedisProcess old = redis.master();
		AtomicLong late = new AtomicLong();
		try (FaultRun run = new FaultRun(ServerFaults.lasting(back))) {
			run.start("lettuce", redis.springProperties())
				.writingBefore()
				.end((end) -> late.set(writesAfterThaw(end, old)));
			Figures figures = run.run(old::freeze);
			FaultTable.check("F8 failover, master hung", "lettuce",
					Limits.NONE.recoverySinceFault(limit).exactly("writes to the old master", 0, late.get()), figures);
		}
	}

	/**
	 * Count what is written to a server that still takes itself for the master. What was
	 * in its buffers when it froze is not counted.
	 */
	private static long writesAfterThaw(FaultRun run, RedisProcess old) {
		old.thaw();
		FaultRun.pause(Duration.ofMillis(300));
		long before = writes(old);
		long written = 0;
		CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> run.write(Duration.ofMillis(1_500)));
		while (!writing.isDone()) {
			long now = writes(old);
			written = "master".equals(old.info("replication").get("role")) ? now - before : written;
			FaultRun.pause(Duration.ofMillis(50));
		}
		FaultRun.pause(FaultRun.QUIET);
		return written;
	}

	private static long writes(RedisProcess server) {
		return server.commandStats()
			.entrySet()
			.stream()
			.filter((entry) -> WRITES.contains(entry.getKey()))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	@Test
	void f9FollowsSlotsThatMove(@Redis ClusterRedis redis) {
		Resharding resharding = new Resharding(redis);
		try (FaultRun run = new FaultRun(Scale.current())) {
			// Compared with the same load, whose loads take longer than its hits
			run.start("lettuce", redis.springProperties()).writingBefore();
			Figures figures = run
				.run(() -> resharding.move(FaultNode.NAMESPACE + ":items:{*", Scale.current().fault()));
			FaultTable.check("F9 " + resharding, "lettuce",
					Scale.isTable() ? Limits.NONE.undisturbed(2).fresh() : Limits.NONE.fresh(), figures);
		}
	}

	@Test
	@OnDemand
	void f10KeepsTheHitsOfTheOtherSlots(
			@Redis({ "--cluster-require-full-coverage", "no", "--cluster-node-timeout", "1500" }) ClusterRedis redis) {
		partOfClusterDown(redis, Limits.NONE.hits(2.0 / 3));
	}

	private void partOfClusterDown(ClusterRedis redis, Limits limits) {
		AtomicReference<RedisProcess> master = new AtomicReference<>();
		AtomicReference<RedisProcess> replica = new AtomicReference<>();
		try (FaultRun run = new FaultRun(Scale.current().tail(Duration.ofSeconds(5)))) {
			run.start("lettuce", redis.springProperties()).writingBefore().heal(() -> {
				master.get().restart();
				replica.get().restart();
			});
			Figures figures = run.run(() -> {
				master.set(smallest(redis));
				replica.set(redis.replicaOf(master.get()));
				replica.get().kill();
				master.get().kill();
			});
			FaultTable.check("F10 part of a cluster down", "lettuce",
					limits.loadsPerSecond(1).recovery(NODE_TIMEOUT.plusSeconds(2)), figures);
		}
	}

	/**
	 * The master with the fewest keys: no more than a third.
	 */
	private static RedisProcess smallest(ClusterRedis redis) {
		return redis.masters()
			.stream()
			.min(Comparator.comparingLong((server) -> Long.parseLong(String.valueOf(server.command("DBSIZE")))))
			.orElseThrow();
	}

	@Test
	void f33RefillsWithoutAHerd(@Redis StandaloneRedis redis) {
		int nodes = 3;
		Duration back = Duration.ofSeconds(1);
		try (FaultRun run = new FaultRun(ServerFaults.lasting(back.plusMillis(200)).nodes(nodes))) {
			run.start("lettuce", redis.springProperties()).writers(0);
			FaultTable.check("F33 flushed", "lettuce",
					Limits.NONE.recoverySinceFault(back).firstLoads((long) Database.KEYS * nodes),
					run.run(() -> redis.command("FLUSHALL")));
		}
	}

}
