package io.redispatterns.ratelimit.call;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.Count;
import io.redispatterns.ratelimit.policy.Handling;
import io.redispatterns.ratelimit.policy.PolicyState;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.ratelimit.script.PolicyScript;
import io.redispatterns.ratelimit.script.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DenyCacheTests {

	private static final RateLimitPolicy POLICY = RateLimitPolicy.of("p", 10, Duration.ofHours(1));

	private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);

	private final DenyCache cache = new DenyCache(3, this.clock::get);

	private final PolicyScript script = new PolicyScript(List.of(POLICY));

	private static Verdict refusal(Duration retryAfter) {
		return new Verdict(1, Duration.ZERO, List.of(new PolicyState(POLICY, false, 0, retryAfter, retryAfter)), "");
	}

	@Test
	void remembersARefusalUntilItsRetryInstant() {
		this.cache.put(this.script, "me", 2, refusal(Duration.ofSeconds(7)));
		this.clock.addAndGet(Duration.ofSeconds(5).toNanos());
		Verdict found = this.cache.find(this.script, "me", 2);
		assertThat(found).isNotNull();
		assertThat(found.retryAfter()).isEqualTo(Duration.ofSeconds(2));
		assertThat(this.cache.find(this.script, "me", 3)).isNotNull();
		assertThat(this.cache.find(this.script, "me", 1)).as("a lower cost").isNull();
		assertThat(this.cache.find(this.script, "other", 2)).isNull();
		assertThat(this.cache.find(new PolicyScript(List.of(POLICY)), "me", 2)).as("a changed policy").isNull();
		this.clock.addAndGet(Duration.ofSeconds(2).toNanos());
		assertThat(this.cache.find(this.script, "me", 2)).isNull();
		assertThat(this.cache.size()).isZero();
	}

	@Test
	void looksAgainAfterAMinute() {
		this.cache.put(this.script, "me", 1, refusal(Duration.ofHours(1)));
		this.clock.addAndGet(Duration.ofSeconds(59).toNanos());
		assertThat(this.cache.find(this.script, "me", 1)).isNotNull();
		this.clock.addAndGet(Duration.ofSeconds(1).toNanos());
		assertThat(this.cache.find(this.script, "me", 1)).isNull();
	}

	@Test
	void remembersABoundedNumber() {
		for (int i = 0; i < 10; i++) {
			this.cache.put(this.script, "subject" + i, 1, refusal(Duration.ofSeconds(1)));
		}
		assertThat(this.cache.size()).isEqualTo(3);
		this.clock.addAndGet(Duration.ofSeconds(1).toNanos());
		this.cache.put(this.script, "late", 1, refusal(Duration.ofSeconds(1)));
		assertThat(this.cache.size()).isEqualTo(1);
		this.cache.forget("late");
		assertThat(this.cache.size()).isZero();
	}

	@Test
	void remembersNoRefusalThatMayEndEarlier() {
		for (RateLimitPolicy policy : List.of(POLICY.with(Algorithm.CONCURRENCY),
				POLICY.with(Handling.DEFAULT.withCount(Count.FAILURES)))) {
			PolicyScript early = new PolicyScript(List.of(policy));
			this.cache.put(early, "me", 1, refusal(Duration.ofSeconds(1)));
			assertThat(this.cache.find(early, "me", 1)).isNull();
			this.cache.put(early, "me", 1, new Verdict(1, Duration.ofSeconds(1), List.of(), ""));
			assertThat(this.cache.find(early, "me", 1)).as("blocked").isNotNull();
			this.cache.forget("me");
		}
	}

}
