package io.redispatterns.stampede;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.redispatterns.cache.lease.Lease.State;
import io.redispatterns.cache.lease.StampedeGuard.Admission;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import io.redispatterns.test.proxy.FaultProxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Waits whose message does not come, on a connection that is dead and does not show it.
 */
class LostWakeUpIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	@ParameterizedTest
	@ValueSource(strings = { "redisson", "lease" })
	void findsWhatIsFilledAndHearsAgainOfTheNext(String guard) {
		try (FaultProxy proxy = FaultProxy.to("127.0.0.1", redis.port());
				GuardNode holder = start(redis.springProperties(), guard);
				GuardNode waiter = start(redis.springProperties(proxy), guard)) {
			assertThat(waitedFor(holder, waiter, guard + "-heard")).isEqualTo(State.FOUND);
			await().until(() -> proxy.subscribers() == 1);
			long listening = listening();
			proxy.deadSubscribers();
			AtomicInteger unheard = new AtomicInteger();
			// The server sees no end of the dead one either
			await().pollDelay(Duration.ZERO).atMost(Duration.ofSeconds(30)).until(() -> {
				String name = guard + "-unheard-" + unheard.incrementAndGet();
				assertThat(waitedFor(holder, waiter, name)).isEqualTo(State.FOUND);
				return listening() > listening;
			});
		}
	}

	private static State waitedFor(GuardNode holder, GuardNode waiter, String name) {
		LeasedEntry entry = holder.entry(name);
		Admission held = holder.guard().enter(entry).join();
		CompletableFuture<Admission> waiting = waiter.guard().enter(waiter.entry(name));
		await().until(() -> ((AbstractGuard) waiter.guard()).admissions.waiting() == 1);
		assertThat(entry.fill(held.lease(), "value")).isTrue();
		held.leave().run();
		// Well before the lease would have ended
		await().until(waiting::isDone);
		return waiting.join().lease().state();
	}

	private static long listening() {
		return String.valueOf(redis.command("CLIENT", "LIST", "TYPE", "pubsub")).lines().count();
	}

	private static GuardNode start(Map<String, String> redis, String guard) {
		return GuardNode
			.start(redis, guard, "redis.stampede.lease=1m", "redis.stampede.wait=2m",
					"redis.resilience.command-timeout=10s", "redis.resilience.connect-timeout=2s")
			.warm();
	}

}
