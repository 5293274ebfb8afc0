package io.redispatterns.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.ratelimit.RateLimitDecision.Outcome;
import io.redispatterns.ratelimit.RateLimitDecision.Source;
import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.Handling;
import io.redispatterns.ratelimit.policy.OnRedisError;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Rate limits whose server is not there, goes away, or hangs.
 */
class RateLimitWithoutRedisIntegrationTests {

	private static final String[] IMPATIENT = { "redis.rate-limit.command-timeout=100ms",
			"redis.resilience.command-timeout=250ms", "redis.resilience.probe.timeout=500ms",
			"redis.rate-limit.local.expected-nodes=2" };

	private static final RateLimitPolicy POLICY = RateLimitPolicy.of("p", 100, Duration.ofHours(1))
		.with(Algorithm.SLIDING_WINDOW);

	@Test
	void decidesWhenThereWasNoServerAtStart() {
		try (RateLimitNode node = RateLimitNode.start(Map.of("spring.data.redis.port", "1"), IMPATIENT)) {
			RateLimiter limiter = node.limiter();
			assertThat(allowed(List.of(limiter), RateLimitRequest.of("local", POLICY))).as("the node's share")
				.isEqualTo(50);
			RateLimitDecision denied = limiter.acquire(RateLimitRequest.of("local", POLICY));
			assertThat(denied.outcome()).isEqualTo(Outcome.DENIED);
			assertThat(denied.source()).isEqualTo(Source.LOCAL);
			assertThat(denied.retryAfter()).isPositive();
			RateLimitDecision open = limiter.acquire(RateLimitRequest.of("open", otherwise(OnRedisError.ALLOW)));
			assertThat(open.outcome()).isEqualTo(Outcome.DEGRADED_ALLOWED);
			RateLimitDecision closed = limiter.acquireLater(RateLimitRequest.of("closed", otherwise(OnRedisError.DENY)))
				.join();
			assertThat(closed.outcome()).isEqualTo(Outcome.DEGRADED_DENIED);
			assertThat(limiter.peek(RateLimitRequest.of("new", POLICY)).policies().get(0).remaining()).isEqualTo(50);
			limiter.settle(open.permit(), 0).join();
			assertThatExceptionOfType(RedisFailureException.class).isThrownBy(() -> limiter.reset("local", "p"));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void admitsNoMoreThanTheLimitBeforeWithoutAndAfterTheServer(boolean hung, @Redis StandaloneRedis redis) {
		try (RateLimitNode one = RateLimitNode.start(redis.springProperties(), IMPATIENT).awaitConnection();
				RateLimitNode two = RateLimitNode.start(redis.springProperties(), IMPATIENT).awaitConnection()) {
			List<RateLimiter> limiters = List.of(one.limiter(), two.limiter());
			RateLimitRequest request = RateLimitRequest.of(UUID.randomUUID().toString(), POLICY);
			awaitServer(limiters);
			long before = IntStream.range(0, 40).filter((i) -> limiters.get(i % 2).acquire(request).allowed()).count();
			assertThat(before).isEqualTo(40);
			if (hung) {
				redis.server().freeze();
			}
			else {
				redis.server().kill();
			}
			AtomicLong longest = new AtomicLong();
			long without = IntStream.range(0, 1000)
				.filter((i) -> timed(limiters.get(i % 2), request, (i < 2) ? new AtomicLong() : longest).allowed())
				.count();
			assertThat(without).as("without the server").isBetween(1L, 60L);
			assertThat(longest.get()).as("the wait of those who come later, in nanoseconds")
				.isLessThan(Duration.ofMillis(90).toNanos());
			if (hung) {
				redis.server().thaw();
			}
			else {
				redis.server().restart();
			}
			awaitServer(limiters);
			long after = allowed(limiters, request);
			System.out.printf("hung %s: %d before, %d without, %d after%n", hung, before, without, after);
			assertThat(before + without + after).isBetween(90L, 102L);
		}
	}

	private static void awaitServer(List<RateLimiter> limiters) {
		for (RateLimiter limiter : limiters) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> limiter.acquire(RateLimitRequest.of(UUID.randomUUID().toString(), POLICY))
					.source() == Source.REDIS);
		}
	}

	private static RateLimitDecision timed(RateLimiter limiter, RateLimitRequest request, AtomicLong longest) {
		long begun = System.nanoTime();
		RateLimitDecision decision = limiter.acquire(request);
		longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
		return decision;
	}

	private static long allowed(List<RateLimiter> limiters, RateLimitRequest request) {
		return limiters.stream()
			.flatMap((limiter) -> Stream.generate(() -> limiter.acquire(request)).limit(300))
			.filter(RateLimitDecision::allowed)
			.count();
	}

	private static RateLimitPolicy otherwise(OnRedisError onRedisError) {
		return POLICY.with(Handling.DEFAULT.withOnRedisError(onRedisError));
	}

}
