package io.redispatterns.ratelimit.local;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.Handling;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.ratelimit.script.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class LocalLimiterTests {

	private static final long MINUTE = 60_000_000_000L;

	private final AtomicLong clock = new AtomicLong(-5 * MINUTE);

	private final LocalLimiter limiter = new LocalLimiter(2, 100, this.clock::get);

	private static RateLimitPolicy policy(Algorithm algorithm) {
		return RateLimitPolicy.of("p", 20, Duration.ofMinutes(1)).with(algorithm);
	}

	private Verdict ask(String subject, RateLimitPolicy policy) {
		return this.limiter.decide(subject, List.of(policy), 1, "lease" + this.clock.incrementAndGet(), true);
	}

	private long allowed(String subject, RateLimitPolicy policy) {
		return IntStream.range(0, 100).filter((i) -> ask(subject, policy).allowed()).count();
	}

	@ParameterizedTest
	@EnumSource(value = Algorithm.class, names = "LEAKY_BUCKET", mode = EnumSource.Mode.EXCLUDE)
	void givesItsShare(Algorithm algorithm) {
		assertThat(allowed("me", policy(algorithm))).isEqualTo(10);
		assertThat(allowed("other", policy(algorithm))).isEqualTo(10);
	}

	@ParameterizedTest
	@EnumSource(Algorithm.class)
	void allowsWhoRetriesAtTheRetryInstant(Algorithm algorithm) {
		RateLimitPolicy policy = policy(algorithm);
		for (int i = 0; i < 50; i++) {
			Verdict verdict = ask("me", policy);
			if (!verdict.allowed()) {
				this.clock.addAndGet(verdict.retryAfter().toNanos());
				assertThat(ask("me", policy).allowed()).isTrue();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(value = Algorithm.class, names = { "FIXED_WINDOW", "SLIDING_.*" }, mode = EnumSource.Mode.MATCH_ANY)
	void givesNoMoreThanItsShareInAnyWindow(Algorithm algorithm) {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		Deque<Long> given = new ArrayDeque<>();
		for (int i = 0; i < 5000; i++) {
			this.clock.addAndGet(random.nextLong(MINUTE / 10));
			if (ask("me", policy(algorithm)).allowed()) {
				given.addLast(this.clock.get());
			}
			while (!given.isEmpty() && given.getFirst() <= this.clock.get() - MINUTE) {
				given.removeFirst();
			}
			assertThat(given.size()).as("seed %d, step %d", seed, i).isLessThanOrEqualTo(10);
		}
		assertThat(given).isNotEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = Algorithm.class, names = "LEAKY_BUCKET", mode = EnumSource.Mode.EXCLUDE)
	void goesOnFromWhatTheServerGave(Algorithm algorithm) {
		for (int i = 0; i < 7; i++) {
			this.limiter.charge("me", List.of(policy(algorithm)), 1, "charged" + i);
		}
		assertThat(allowed("me", policy(algorithm))).isEqualTo(3);
		this.limiter.giveBack("me", List.of(policy(algorithm)), 1, "charged1");
		assertThat(allowed("me", policy(algorithm))).isEqualTo(1);
	}

	@Test
	void owesWhatItGaveUntilThatNoLongerCounts() {
		List<RateLimitPolicy> policies = List.of(policy(Algorithm.SLIDING_WINDOW));
		this.limiter.charge("me", policies, 2, "");
		assertThat(this.limiter.takeOwed("me", policies)).isEmpty();
		allowed("me", policies.get(0));
		long[] owed = this.limiter.takeOwed("me", policies);
		assertThat(owed).containsExactly(8);
		assertThat(this.limiter.takeOwed("me", policies)).isEmpty();
		this.limiter.owe("me", policies, owed);
		this.clock.addAndGet(2 * MINUTE);
		assertThat(this.limiter.takeOwed("me", policies)).isEmpty();
		assertThat(this.limiter.takeOwed("nobody", policies)).isEmpty();
	}

	@Test
	void tellsDebtsOnce() {
		RateLimitPolicy policy = policy(Algorithm.FIXED_WINDOW);
		this.limiter.charge("me", List.of(policy), 4, "");
		this.limiter.charge("charged", List.of(policy), 4, "");
		allowed("me", policy);
		assertThat(this.limiter.takeDebts()).containsExactly(new LocalLimiter.Debt("me", policy, 6, 20));
		assertThat(this.limiter.takeDebts()).isEmpty();
		ask("me", policy);
		assertThat(this.limiter.takeDebts()).as("asked, and nothing given")
			.containsExactly(new LocalLimiter.Debt("me", policy, 0, 20));
	}

	@Test
	void takesOfAllOrOfNone() {
		RateLimitPolicy one = RateLimitPolicy.of("one", 2, Duration.ofMinutes(1));
		RateLimitPolicy many = RateLimitPolicy.of("many", 20, Duration.ofMinutes(1));
		assertThat(this.limiter.decide("me", List.of(one, many), 1, "", true).allowed()).isTrue();
		assertThat(this.limiter.decide("me", List.of(one, many), 1, "", true).allowed()).isFalse();
		assertThat(this.limiter.decide("me", List.of(many), 0, "", true).states().get(0).remaining()).isEqualTo(9);
		RateLimitPolicy watched = one.with(Handling.DEFAULT.withShadow(true));
		assertThat(this.limiter.decide("me", List.of(watched, many), 1, "", true).allowed()).isTrue();
	}

	@Test
	void remembersABoundedNumberOfSubjects() {
		RateLimitPolicy policy = policy(Algorithm.TOKEN_BUCKET);
		allowed("busy", policy);
		for (int i = 0; i < 1000; i++) {
			ask("subject" + i, policy);
			ask("busy", policy);
		}
		assertThat(ask("busy", policy).allowed()).as("one who is seen again and again").isFalse();
		assertThat(allowed("subject0", policy)).as("one who was not seen for long").isEqualTo(10);
	}

	@Test
	void startsAnewWhenForgotten() {
		allowed("me", policy(Algorithm.FIXED_WINDOW));
		this.limiter.forget("me");
		assertThat(allowed("me", policy(Algorithm.FIXED_WINDOW))).isEqualTo(10);
	}

}
