package io.redispatterns.stampede;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.redispatterns.Patience;
import io.redispatterns.cache.lease.Lease.State;
import io.redispatterns.cache.lease.StampedeGuard.Admission;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.test.Redis;
import io.redispatterns.test.SentinelRedis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.redisson.config.Config;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the locks cost, and what they leave behind.
 */
class RedissonGuardIntegrationTests {

	private static final String[] PATIENT = Patience.SETTINGS.toArray(String[]::new);

	@Redis
	static StandaloneRedis redis;

	@Test
	void holdsALockBesideTheLeaseAndLeavesNothing() {
		try (GuardNode node = start("redisson").warm()) {
			LeasedEntry entry = node.entry("held");
			Admission admission = node.guard().enter(entry).join();
			String lock = "guarded:lock:{guarded:tracks:%7Bheld%7D}";
			assertThat(keys()).containsExactlyInAnyOrder(lock, "guarded:tracks:{held}:l");
			assertThat(redis.command("TYPE", lock)).isEqualTo("hash");
			assertThat((Long) Objects.requireNonNull(redis.command("PTTL", lock))).isBetween(1000L, 3000L);
			entry.abandon(admission.lease());
			admission.leave().run();
			Awaitility.await().untilAsserted(() -> assertThat(keys()).isEmpty());
		}
	}

	@Test
	void renewsTheLockOfALoadThatGoesOn() {
		try (GuardNode node = start("redisson", "redis.stampede.lease=1500ms").warm()) {
			LeasedEntry entry = node.entry("long");
			Admission admission = node.guard().enter(entry).join();
			String lock = "guarded:lock:{guarded:tracks:%7Blong%7D}";
			Awaitility.await("twice the lease")
				.during(Duration.ofSeconds(3))
				.until(() -> redis.command("EXISTS", lock), Long.valueOf(1)::equals);
			entry.abandon(admission.lease());
			admission.leave().run();
		}
	}

	@Test
	void letsTheNextLoadThatAWriteHasMadeNecessaryBeginAtOnce() {
		try (GuardNode one = start("redisson").warm(); GuardNode two = start("redisson").warm()) {
			LeasedEntry entry = one.entry("overtaken");
			Admission overtaken = one.guard().enter(entry).join();
			redis.command("DEL", "guarded:tracks:{overtaken}:l");
			Admission next = two.guard().enter(two.entry("overtaken")).join();
			assertThat(next.lease().state()).isEqualTo(State.GRANTED);
			overtaken.leave().run();
			two.entry("overtaken").abandon(next.lease());
			next.leave().run();
		}
	}

	@Test
	void leavesALockAloneThatAnotherHasTakenMeanwhile() {
		try (GuardNode node = start("redisson").warm()) {
			LeasedEntry entry = node.entry("lost");
			Admission admission = node.guard().enter(entry).join();
			String lock = "guarded:lock:{guarded:tracks:%7Blost%7D}";
			redis.command("DEL", lock);
			redis.command("HSET", lock, "another", "1");
			entry.abandon(admission.lease());
			try (Wire wire = Wire.tap(redis)) {
				admission.leave().run();
				Awaitility.await().until(() -> !wire.commands("%7Blost%7D").isEmpty());
			}
			assertThat(redis.command("HGETALL", lock)).isEqualTo(List.of("another", "1"));
			redis.command("DEL", lock);
		}
	}

	@Test
	void admissionCostsTwoCommandsMoreThanTheLease() {
		for (String guard : List.of("redisson", "lease")) {
			try (GuardNode node = start(guard).warm(); Wire wire = Wire.tap(redis)) {
				String name = "counted-by-" + guard;
				LeasedEntry entry = node.entry(name);
				Admission admission = node.guard().enter(entry).join();
				assertThat(entry.fill(admission.lease(), "value")).isTrue();
				admission.leave().run();
				int expected = guard.equals("redisson") ? 4 : 2;
				List<String> commands = new ArrayList<>();
				Awaitility.await().pollDelay(Duration.ofMillis(300)).untilAsserted(() -> {
					commands.addAll(wire.commands(name));
					assertThat(commands).hasSize(expected).containsOnly("evalsha");
				});
			}
		}
	}

	@Test
	void connectsAtTheFirstMissAndNotBefore() {
		Set<String> before = threads();
		try (GuardNode node = start("redisson")) {
			assertThat(threads()).isEqualTo(before);
			node.warm();
			assertThat(threads()).hasSizeBetween(before.size() + 1, before.size() + 8);
		}
		Awaitility.await().untilAsserted(() -> assertThat(threads()).isEqualTo(before));
	}

	@Test
	void leavesNoThreadWhenItCannotConnect() {
		Set<String> before = threads();
		Config nowhere = new Config();
		nowhere.setThreads(2)
			.setNettyThreads(2)
			.useSingleServer()
			.setAddress("redis://127.0.0.1:1")
			.setRetryAttempts(0);
		AtomicInteger attempts = new AtomicInteger();
		RedissonLocks locks = new RedissonLocks(() -> {
			attempts.incrementAndGet();
			return nowhere;
		}, KeySpace.of("guarded").kind("lock"), Duration.ofSeconds(1));
		Awaitility.await().until(() -> locks.lock(new byte[] { 'k' }) == null && attempts.get() == 1);
		Awaitility.await().untilAsserted(() -> assertThat(threads()).isEqualTo(before));
		assertThat(locks.isReady()).isFalse();
		locks.mayConnect(false);
	}

	@Test
	void locksWhereSentinelsSayTheMasterIs(@Redis({ "--requirepass", "secret" }) SentinelRedis sentinels) {
		try (GuardNode node = GuardNode.start(sentinels.springProperties(), "redisson", PATIENT).warm()) {
			Admission admission = node.guard().enter(node.entry("held")).join();
			assertThat(sentinels.master().command("KEYS", "guarded:lock:*")).asString().contains("held");
			admission.leave().run();
		}
	}

	@Test
	void keepsFewConnections() {
		long before = connections();
		try (GuardNode node = start("redisson").warm()) {
			// One of the application, two of Redisson, one for each to listen on
			assertThat(connections() - before).isLessThanOrEqualTo(5);
		}
	}

	@Test
	void takesOverAfterWaitersGaveUp() throws Exception {
		try (GuardNode one = start("redisson").warm();
				GuardNode two = start("redisson", "redis.stampede.wait=200ms").warm()) {
			Admission first = one.guard().enter(one.entry("given-up")).join();
			Admission second = two.guard().enter(two.entry("given-up")).get(2, TimeUnit.SECONDS);
			second.leave().run();
			first.leave().run();
			one.entry("given-up").abandon(first.lease());
			Admission third = one.guard().enter(one.entry("given-up")).get(2, TimeUnit.SECONDS);
			assertThat(third.lease().state()).isEqualTo(State.GRANTED);
			one.entry("given-up").abandon(third.lease());
			third.leave().run();
			Awaitility.await().untilAsserted(() -> assertThat(keys()).noneMatch((key) -> key.contains("given-up")));
		}
	}

	private static GuardNode start(String guard, String... properties) {
		String[] all = Stream.of(PATIENT, properties).flatMap(Stream::of).toArray(String[]::new);
		return GuardNode.start(redis.springProperties(), guard, all);
	}

	private static List<String> keys() {
		return ((List<?>) Objects.requireNonNull(redis.command("KEYS", "*"))).stream()
			.map(String::valueOf)
			.filter((key) -> !key.contains("counted") && !key.contains("warm"))
			.toList();
	}

	private static long connections() {
		return String.valueOf(redis.command("CLIENT", "LIST")).lines().count();
	}

	private static Set<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.contains("redisson"))
			.collect(Collectors.toSet());
	}

}
