package io.redispatterns.faults;

import java.time.Duration;

import io.redispatterns.faults.Faults.OnDemand;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.test.proxy.FaultProxy;
import io.redispatterns.test.proxy.FaultProxy.Direction;
import org.junit.jupiter.api.Test;

/**
 * A server that is well, behind a network that is not.
 */
@Faults
class NetworkFaultsIntegrationTests {

	private static final int KILLS = 10;

	private static final long SEED = 42;

	@Test
	@OnDemand
	void f16RecoversFromABlackHole(@Redis StandaloneRedis redis) {
		blackHole("lettuce", redis);
	}

	@Test
	@OnDemand
	void f16RecoversFromABlackHoleWithJedis(@Redis StandaloneRedis redis) {
		blackHole("jedis", redis);
	}

	private void blackHole(String client, StandaloneRedis redis) {
		Duration fault = Scale.choose(Duration.ofSeconds(5), Duration.ofSeconds(60));
		FaultProxy proxy = redis.proxy();
		FaultTable.check("F16 black hole", client, Limits.OUTAGE,
				ServerFaults.run(ServerFaults.lasting(fault), client, redis.springProperties(proxy), () -> {
					proxy.swallow(Direction.TO_SERVER);
					proxy.swallow(Direction.TO_CLIENT);
				}, proxy::heal));
	}

	@Test
	void f17LeavesADeadFlow(@Redis StandaloneRedis redis) {
		deadFlow("lettuce", redis);
	}

	@Test
	@OnDemand
	void f17LeavesADeadFlowWithJedis(@Redis StandaloneRedis redis) {
		deadFlow("jedis", redis);
	}

	private void deadFlow(String client, StandaloneRedis redis) {
		Duration back = Duration.ofSeconds(2);
		try (FaultRun run = new FaultRun(ServerFaults.lasting(back))) {
			run.start(client, redis.springProperties(redis.proxy())).writingBefore();
			FaultTable.check("F17 dead flow", client, Limits.NONE.recoverySinceFault(back),
					run.run(redis.proxy()::deadFlow));
		}
	}

	@Test
	@OnDemand
	void f20SurvivesAStormOfKills(@Redis StandaloneRedis redis) {
		try (FaultRun run = new FaultRun(ServerFaults.lasting(Duration.ofMillis(2_500)))) {
			run.start("lettuce", redis.springProperties()).writingBefore();
			FaultTable.check("F20 client kill storm", "lettuce", Limits.NONE, run.run(() -> {
				for (int i = 0; i < KILLS; i++) {
					redis.command("CLIENT", "KILL", "TYPE", "normal");
					FaultRun.pause(Duration.ofMillis(200));
				}
			}));
		}
	}

	@Test
	@OnDemand
	void f21SurvivesLoss(@Redis StandaloneRedis redis) {
		// A breaker that opened twice wants two seconds of good answers
		Limits limits = Limits.NONE.recovery(Duration.ofSeconds(3))
			.p99(Limits.COMMAND_TIMEOUT.plus(Database.READ))
			.opens(2);
		try (FaultRun run = new FaultRun(Scale.current())) {
			run.start("lettuce", redis.springProperties(redis.proxy())).writers(0).heal(redis.proxy()::heal);
			FaultTable.check("F21 loss of 5 %", "lettuce", limits, run.run(() -> redis.proxy().loss(0.05, SEED)));
		}
	}

	@Test
	void f22ServesNothingOldWhenTheWriterIsCutOff(@Redis StandaloneRedis redis) {
		cutOffWriter("F22 writer cut off", Limits.NONE, redis);
	}

	/** Near caches are trusted again when the writer has made his writes good. */
	@Test
	@OnDemand
	void f22ServesNothingOldFromNearWhenTheWriterIsCutOff(@Redis StandaloneRedis redis) {
		cutOffWriter("F22 writer cut off, near caches", Limits.NONE.recovery(Duration.ofSeconds(3)), redis,
				"redis.cache.defaults.near.enabled=true");
	}

	private void cutOffWriter(String name, Limits limits, StandaloneRedis redis, String... properties) {
		FaultProxy front = redis.proxy();
		Duration fault = Scale.choose(Duration.ofSeconds(4), Duration.ofSeconds(8));
		try (FaultRun run = new FaultRun(ServerFaults.lasting(fault).nodes(2))) {
			run.start("lettuce", (node) -> (node == 0) ? redis.springProperties(front) : redis.springProperties(),
					properties)
				.writers(1)
				.heal(front::heal);
			FaultTable.check(name, "lettuce", limits.overdue(), run.run(front::stopReading));
		}
	}

}
