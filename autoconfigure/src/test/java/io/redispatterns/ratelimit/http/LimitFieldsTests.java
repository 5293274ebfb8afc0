package io.redispatterns.ratelimit.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.Block;
import io.redispatterns.ratelimit.policy.Count;
import io.redispatterns.ratelimit.policy.Handling;
import io.redispatterns.ratelimit.policy.OnRedisError;
import io.redispatterns.ratelimit.policy.PolicyState;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link LimitFields}.
 */
class LimitFieldsTests {

	private static final RateLimitPolicy MINUTE = RateLimitPolicy.of("minute", 100, Duration.ofMinutes(1));

	private static final RateLimitPolicy DAY = RateLimitPolicy.of("day", 5000, Duration.ofDays(1));

	private static final PolicyState MINUTE_DENIES = new PolicyState(MINUTE, false, 0, Duration.ofMillis(6420),
			Duration.ofSeconds(60));

	private static final PolicyState DAY_ALLOWS = new PolicyState(DAY, true, 4200, Duration.ZERO,
			Duration.ofSeconds(13824));

	private static Map<String, String> fields(HeaderStyle style, PolicyState... states) {
		return new LimitFields(style, false).of(List.of(states));
	}

	@Test
	void writesDraft10WithBindingPolicyFirst() {
		assertThat(fields(HeaderStyle.DRAFT_10, DAY_ALLOWS, MINUTE_DENIES)).containsExactly(
				entry("RateLimit", "\"minute\";r=0;t=7, \"day\";r=4200;t=13824"),
				entry("RateLimit-Policy", "\"minute\";q=100;w=60, \"day\";q=5000;w=86400"));
	}

	@Test
	void writesDraft7AndDraft6() {
		assertThat(fields(HeaderStyle.DRAFT_7, DAY_ALLOWS, MINUTE_DENIES)).containsExactly(
				entry("RateLimit", "limit=100, remaining=0, reset=7"),
				entry("RateLimit-Policy", "100;w=60, 5000;w=86400"));
		assertThat(fields(HeaderStyle.DRAFT_6, DAY_ALLOWS, MINUTE_DENIES)).containsExactly(
				entry("RateLimit-Limit", "100"), entry("RateLimit-Remaining", "0"), entry("RateLimit-Reset", "7"),
				entry("RateLimit-Policy", "100;w=60, 5000;w=86400"));
	}

	@Test
	void writesLegacyAloneOrBesides() {
		assertThat(fields(HeaderStyle.LEGACY, MINUTE_DENIES)).containsExactly(entry("X-RateLimit-Limit", "100"),
				entry("X-RateLimit-Remaining", "0"), entry("X-RateLimit-Reset", "7"));
		assertThat(new LimitFields(HeaderStyle.DRAFT_10, true).of(List.of(MINUTE_DENIES))).containsOnlyKeys("RateLimit",
				"RateLimit-Policy", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");
	}

	@Test
	void namesWhatGoesOnAtTheSameTime() {
		PolicyState state = new PolicyState(MINUTE.with(Algorithm.CONCURRENCY), true, 2, Duration.ZERO,
				Duration.ofSeconds(60));
		assertThat(fields(HeaderStyle.DRAFT_10, state)).containsEntry("RateLimit-Policy",
				"\"minute\";q=100;qu=\"concurrent-requests\"");
		assertThat(fields(HeaderStyle.DRAFT_8, state)).containsEntry("RateLimit-Policy", "\"minute\";q=100");
	}

	@ParameterizedTest
	@EnumSource
	void namesEachFieldThatItWrites(HeaderStyle style) {
		LimitFields fields = new LimitFields(style, true);
		assertThat(fields.names()).containsExactlyElementsOf(fields.of(List.of(MINUTE_DENIES)).keySet());
	}

	@Test
	void hidesWhatIsNotToBeTold() {
		RateLimitPolicy quiet = MINUTE
			.with(new Handling(false, OnRedisError.INHERIT, Count.ALL, Block.NONE, null, false, 0));
		RateLimitPolicy watched = DAY.with(Handling.DEFAULT.withShadow(true));
		assertThat(fields(HeaderStyle.DRAFT_10, new PolicyState(quiet, false, 0, Duration.ofSeconds(1), Duration.ZERO),
				new PolicyState(watched, false, 0, Duration.ofSeconds(1), Duration.ZERO)))
			.isEmpty();
		assertThat(fields(HeaderStyle.DRAFT_10)).isEmpty();
		assertThat(fields(HeaderStyle.NONE, MINUTE_DENIES)).isEmpty();
	}

	@Test
	void roundsUpToSeconds() {
		assertThat(LimitFields.seconds(Duration.ofNanos(1))).isOne();
		assertThat(LimitFields.seconds(Duration.ofSeconds(7))).isEqualTo(7);
		assertThat(LimitFields.seconds(Duration.ofMillis(7001))).isEqualTo(8);
		assertThat(LimitFields.seconds(Duration.ZERO)).isZero();
	}

}
