package io.redispatterns.stampede;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.redispatterns.cache.lease.Lease.State;
import io.redispatterns.cache.lease.StampedeGuard.Admission;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of callers while Redis hangs or is gone.
 */
@ExtendWith(OutputCaptureExtension.class)
class GuardWithoutRedisIntegrationTests {

	/**
	 * Two command timeouts, and what a busy machine may take.
	 */
	private static final Duration SOON = Duration.ofSeconds(2);

	private static final String TIMEOUT = "redis.resilience.command-timeout=500ms";

	@ParameterizedTest
	@ValueSource(strings = { "redisson", "lease", "local", "none" })
	void failsSoonWhenRedisHangs(String guard, @Redis StandaloneRedis redis, CapturedOutput output) {
		try (GuardNode node = GuardNode.start(redis.springProperties(), guard, TIMEOUT).warm()) {
			redis.server().freeze();
			for (int i = 0; i < 3; i++) {
				assertFailsSoon(node.guard().enter(node.entry("hanging-key")));
			}
			redis.server().thaw();
			awaitAdmission(node, "thawed");
		}
		assertThat(output.getAll().lines()).filteredOn((line) -> line.contains("io.redispatterns"))
			.noneMatch((line) -> line.contains("hanging-key"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "redisson", "lease", "local", "none" })
	void failsSoonWhenRedisIsGone(String guard, @Redis StandaloneRedis redis) {
		try (GuardNode node = GuardNode.start(redis.springProperties(), guard, TIMEOUT).warm()) {
			redis.server().kill();
			for (int i = 0; i < 3; i++) {
				assertFailsSoon(node.guard().enter(node.entry("gone")));
			}
			redis.server().restart();
			awaitAdmission(node, "back");
		}
	}

	@Test
	void saysOnceThatRedisIsAwayWhileALockIsHeld(@Redis StandaloneRedis redis, CapturedOutput output) {
		String[] settings = { TIMEOUT, "redis.stampede.lease=1s" };
		try (GuardNode node = GuardNode.start(redis.springProperties(), "redisson", settings).warm()) {
			Admission held = node.guard().enter(node.entry("held")).join();
			redis.server().freeze();
			assertFailsSoon(node.guard().enter(node.entry("hanging")));
			// A ping and renewals go unanswered
			Awaitility.await().during(Duration.ofSeconds(3)).until(() -> complaintsOfRedisson(output).isEmpty());
			redis.server().kill();
			redis.server().restart();
			awaitAdmission(node, "back");
			held.leave().run();
		}
		assertThat(complaintsOfRedisson(output)).isEmpty();
	}

	private static List<String> complaintsOfRedisson(CapturedOutput output) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains("org.redisson") || line.contains("o.redisson"))
			.filter((line) -> line.contains("ERROR") || line.contains("WARN"))
			.toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "redisson", "lease" })
	void letsThoseGoWhoWaitWhenRedisHangs(String guard, @Redis StandaloneRedis redis) {
		String[] settings = { TIMEOUT, "redis.stampede.lease=30s", "redis.stampede.wait=30s" };
		try (GuardNode one = GuardNode.start(redis.springProperties(), guard, settings).warm();
				GuardNode two = GuardNode.start(redis.springProperties(), guard, settings).warm()) {
			one.guard().enter(one.entry("held")).join();
			CompletableFuture<Admission> waiting = two.guard().enter(two.entry("held"));
			StampedeGuardContract.assertWaits(waiting);
			redis.server().freeze();
			// Other callers notice
			Awaitility.await().until(() -> {
				two.guard().enter(two.entry("other")).exceptionally((ex) -> null).join();
				return two.redis().availability().outage() != null;
			});
			assertFailsSoon(waiting);
			redis.server().thaw();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "redisson", "lease" })
	void guardsAgainAfterARestart(String guard, @Redis StandaloneRedis redis) {
		String[] settings = { TIMEOUT, "redis.stampede.lease=20s", "redis.stampede.wait=20s" };
		try (GuardNode one = GuardNode.start(redis.springProperties(), guard, settings).warm();
				GuardNode two = GuardNode.start(redis.springProperties(), guard, settings).warm()) {
			assertGuards(one, two, "before");
			redis.server().restart();
			awaitAdmission(one, "one");
			awaitAdmission(two, "two");
			for (int i = 0; i < 5; i++) {
				assertGuards(one, two, "after-" + i);
			}
		}
	}

	private static void assertGuards(GuardNode one, GuardNode two, String name) {
		Admission first = one.guard().enter(one.entry(name)).join();
		CompletableFuture<Admission> second = two.guard().enter(two.entry(name));
		StampedeGuardContract.assertWaits(second);
		assertThat(one.entry(name).fill(first.lease(), "value")).isTrue();
		first.leave().run();
		assertThat(second).succeedsWithin(Duration.ofSeconds(3))
			.satisfies((woken) -> assertThat(woken.lease().state()).isEqualTo(State.FOUND));
		second.join().leave().run();
	}

	private static void assertFailsSoon(CompletableFuture<Admission> entered) {
		assertThat(entered).failsWithin(SOON)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(RedisFailureException.class);
	}

	private static void awaitAdmission(GuardNode node, String name) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).ignoreExceptions().untilAsserted(() -> {
			LeasedEntry entry = node.entry(name);
			Admission admission = node.guard().enter(entry).join();
			assertThat(admission.lease().state()).isEqualTo(State.GRANTED);
			entry.abandon(admission.lease());
			admission.leave().run();
		});
	}

}
