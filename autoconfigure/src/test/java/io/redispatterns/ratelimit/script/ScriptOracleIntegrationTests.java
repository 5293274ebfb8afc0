package io.redispatterns.ratelimit.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.Handling;
import io.redispatterns.ratelimit.policy.PolicyState;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each script beside its oracle, over sequences that chance has made.
 */
class ScriptOracleIntegrationTests {

	private static final long EPOCH = 1_795_199_603_946_400L;

	private static final long MINUTE = 60_000_000L;

	@Redis
	static StandaloneRedis redis;

	private static ScriptLab lab;

	@BeforeAll
	static void start() {
		lab = new ScriptLab(redis.springProperties());
	}

	@AfterAll
	static void stop() {
		lab.close();
	}

	@ParameterizedTest
	@EnumSource(Algorithm.class)
	void answersAsTheOracle(Algorithm algorithm) {
		answersAsTheOracle(algorithm, lab);
	}

	@ParameterizedTest
	@EnumSource(value = Algorithm.class, names = ".*_BUCKET", mode = EnumSource.Mode.MATCH_ALL)
	void answersAsTheOracleWhicheverScriptDecides(Algorithm algorithm) {
		answersAsTheOracle(algorithm, lab.by(() -> false));
		Random random = new Random();
		answersAsTheOracle(algorithm, lab.by(random::nextBoolean));
	}

	private static void answersAsTheOracle(Algorithm algorithm, ScriptLab lab) {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int sequence = 0; sequence < 12; sequence++) {
			String what = "seed %d, sequence %d".formatted(seed, sequence);
			String subject = UUID.randomUUID().toString();
			RateLimitPolicy policy = RateLimitPolicy
				.of("p", 1 + random.nextInt(30), Duration.ofNanos(1000 * (MINUTE + random.nextInt(1000))))
				.with(algorithm);
			Oracle oracle = Oracle.of(policy);
			long now = EPOCH + random.nextInt(1_000_000_000);
			for (int step = 0; step < 80; step++) {
				now += pause(random, policy);
				if (random.nextInt(20) == 0) {
					policy = policy.withLimit(1 + random.nextInt(30));
				}
				long[] costs = random.longs(1 + random.nextInt(3), 0, Math.min(policy.capacity(), 5) + 1).toArray();
				RateLimitPolicy inForce = policy;
				assertThat(lab.look(subject, now, 1, policy).states().get(0).allowed()).as(what)
					.isEqualTo(oracle.wait(policy, now, 1) == 0);
				Verdict[] verdicts = lab.ask(subject, now, costs, new long[0], policy);
				for (int i = 0; i < costs.length; i++) {
					long wait = oracle.wait(inForce, now, Math.max(costs[i], 1));
					if (wait == 0) {
						oracle.take(inForce, now, costs[i]);
					}
					PolicyState state = verdicts[i].states().get(0);
					assertThat(state.retryAfter().toNanos() / 1000).as("%s, step %d, wait", what, step).isEqualTo(wait);
					assertThat(state.allowed()).as(what).isEqualTo(wait == 0);
					assertThat(state.remaining()).as("%s, step %d, left", what, step)
						.isEqualTo(oracle.left(inForce, now));
				}
			}
		}
	}

	/**
	 * Short and long, and right to where something changes.
	 */
	private static long pause(Random random, RateLimitPolicy policy) {
		return switch (random.nextInt(6)) {
			case 0 -> 0;
			case 1 -> 1;
			case 2 -> policy.intervalMicros();
			case 3 -> policy.windowMicros() - 1 + random.nextInt(3);
			default -> random.nextInt((int) (policy.windowMicros() / policy.limit()) + 1);
		};
	}

	@ParameterizedTest
	@EnumSource(Algorithm.class)
	void oneWhoRetriesAtTheRetryInstantIsAllowed(Algorithm algorithm) {
		RateLimitPolicy policy = RateLimitPolicy.of("p", 7, Duration.ofNanos(MINUTE * 1000 + 7000)).with(algorithm);
		String subject = UUID.randomUUID().toString();
		long now = EPOCH;
		int refused = 0;
		for (int i = 0; i < 60; i++) {
			Verdict verdict = lab.ask(subject, now, Math.min(1 + i % 3, policy.capacity()), policy);
			if (!verdict.allowed()) {
				refused++;
				now += verdict.retryAfter().toNanos() / 1000;
				assertThat(lab.ask(subject, now, Math.min(1 + i % 3, policy.capacity()), policy).allowed()).isTrue();
			}
			now += 1000;
		}
		assertThat(refused).isPositive();
	}

	@Test
	void takesOfAllPoliciesOrOfNone() {
		List<RateLimitPolicy> policies = new ArrayList<>();
		for (Algorithm algorithm : Algorithm.values()) {
			policies.add(RateLimitPolicy.of(algorithm.name(), 10, Duration.ofMinutes(1))
				.with(algorithm)
				.withBurst((algorithm != Algorithm.LEAKY_BUCKET) ? 10 : 1));
		}
		RateLimitPolicy[] all = policies.toArray(RateLimitPolicy[]::new);
		assertThat(lab.ask("all", EPOCH, 1, all).allowed()).isTrue();
		Verdict refused = lab.ask("all", EPOCH + 1, 1, all);
		assertThat(refused.allowed()).isFalse();
		assertThat(refused.states().stream().filter(PolicyState::isViolated).map(PolicyState::name))
			.containsExactly("LEAKY_BUCKET");
		assertThat(lab.look("all", EPOCH + 1, 1, all).states()).filteredOn(PolicyState::allowed)
			.hasSize(5)
			.allSatisfy((state) -> assertThat(state.remaining()).isEqualTo(9));
	}

	@ParameterizedTest
	@EnumSource(Algorithm.class)
	void refusedRequestChangesNothing(Algorithm algorithm) {
		RateLimitPolicy policy = RateLimitPolicy.of("p", 3, Duration.ofMinutes(1)).with(algorithm);
		String subject = "still-" + algorithm;
		for (int i = 0; i < 3; i++) {
			lab.ask(subject, EPOCH, 1, policy);
		}
		Object before = dump(subject);
		assertThat(lab.ask(subject, EPOCH + 1, 1, policy).allowed()).isFalse();
		assertThat(dump(subject)).isEqualTo(before);
	}

	private static Object dump(String subject) {
		return redis.command("DUMP", "{" + subject + "}:p");
	}

	@Test
	void shadowPolicyCountsAndRefusesNobody() {
		RateLimitPolicy watched = RateLimitPolicy.of("watched", 2, Duration.ofMinutes(1))
			.with(Handling.DEFAULT.withShadow(true));
		RateLimitPolicy enforced = RateLimitPolicy.of("enforced", 3, Duration.ofMinutes(1));
		assertThat(lab.ask("shadow", EPOCH, 2, watched, enforced).states()).allMatch(PolicyState::allowed);
		Verdict third = lab.ask("shadow", EPOCH, 1, watched, enforced);
		assertThat(third.allowed()).isTrue();
		assertThat(third.states().get(0).allowed()).isFalse();
		assertThat(third.states().get(1).remaining()).isZero();
		assertThat(lab.ask("shadow", EPOCH, 1, watched, enforced).allowed()).isFalse();
	}

	@Test
	void shadowPolicyAloneCountsAndRefusesNobody() {
		RateLimitPolicy watched = RateLimitPolicy.of("watched", 2, Duration.ofMinutes(1))
			.with(Handling.DEFAULT.withShadow(true));
		for (boolean shortest : new boolean[] { true, false }) {
			Verdict[] verdicts = lab.by(() -> shortest)
				.ask("shadow-" + shortest, EPOCH, new long[] { 2, 1, 0 }, new long[0], watched);
			assertThat(verdicts).allMatch(Verdict::allowed)
				.extracting((verdict) -> verdict.states().get(0).allowed())
				.containsExactly(true, false, false);
		}
	}

	@ParameterizedTest
	@EnumSource(value = Algorithm.class, names = "CONCURRENCY", mode = EnumSource.Mode.EXCLUDE)
	void clockThatIsSetBackNeitherGrantsNorFreezes(Algorithm algorithm) {
		RateLimitPolicy policy = RateLimitPolicy.of("p", 4, Duration.ofMinutes(1)).with(algorithm);
		String subject = "back-" + algorithm;
		for (int i = 0; i < policy.capacity(); i++) {
			assertThat(lab.ask(subject, EPOCH, 1, policy).allowed()).isTrue();
		}
		long back = EPOCH - 60 * MINUTE;
		assertThat(lab.ask(subject, back, 1, policy).allowed()).as("at once").isFalse();
		assertThat(lab.ask(subject, back + MINUTE + MINUTE / 100 + 1, 1, policy).allowed()).as("a window later")
			.isTrue();
	}

	@ParameterizedTest
	@EnumSource(value = Algorithm.class, names = "CONCURRENCY", mode = EnumSource.Mode.EXCLUDE)
	void settlesWhatWasGiven(Algorithm algorithm) {
		long capacity = (algorithm != Algorithm.LEAKY_BUCKET) ? 4 : 1;
		RateLimitPolicy policy = RateLimitPolicy.of("p", 4, Duration.ofMinutes(1)).with(algorithm);
		String subject = "settle-" + algorithm;
		assertThat(lab.ask(subject, EPOCH, capacity, policy).states().get(0).remaining()).isZero();
		lab.settle(subject, EPOCH + 1000, EPOCH, -capacity, policy);
		assertThat(lab.look(subject, EPOCH + 1000, 1, policy).states().get(0).remaining()).isEqualTo(capacity);
		lab.settle(subject, EPOCH + 1000, EPOCH, 10, policy);
		assertThat(lab.ask(subject, EPOCH + 1000, 1, policy).allowed()).isFalse();
		lab.settle(subject, EPOCH + 10 * MINUTE, EPOCH, -4, policy);
		assertThat(lab.look(subject, EPOCH + 10 * MINUTE, 1, policy).states().get(0).remaining()).isEqualTo(capacity);
	}

	@ParameterizedTest
	@EnumSource(Algorithm.class)
	void startsAnewWhereAnotherAlgorithmHasCounted(Algorithm algorithm) {
		for (Algorithm before : Algorithm.values()) {
			String subject = "was-" + before + "-" + algorithm;
			assertThat(lab.ask(subject, EPOCH, 1, RateLimitPolicy.of("p", 4, Duration.ofMinutes(1)).with(before))
				.allowed()).isTrue();
			RateLimitPolicy policy = RateLimitPolicy.of("p", 4, Duration.ofMinutes(1)).with(algorithm);
			assertThat(lab.ask(subject, EPOCH + MINUTE, 1, policy).allowed()).as(subject).isTrue();
		}
	}

	@Test
	void keepsWhatWasCountedWhenTheWindowChanges() {
		for (Algorithm algorithm : List.of(Algorithm.SLIDING_WINDOW, Algorithm.SLIDING_LOG)) {
			RateLimitPolicy minute = RateLimitPolicy.of("p", 10, Duration.ofMinutes(1)).with(algorithm);
			RateLimitPolicy hour = RateLimitPolicy.of("p", 10, Duration.ofHours(1)).with(algorithm);
			lab.ask("window-" + algorithm, EPOCH, 10, minute);
			assertThat(lab.ask("window-" + algorithm, EPOCH + 1, 1, hour).allowed()).as(algorithm.name()).isFalse();
			assertThat(lab.ask("window-" + algorithm, EPOCH + 2, 1, minute).allowed()).as(algorithm.name()).isFalse();
		}
	}

}
