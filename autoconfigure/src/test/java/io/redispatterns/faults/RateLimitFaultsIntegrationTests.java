package io.redispatterns.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.ratelimit.RateLimitAutoConfiguration;
import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitDecision.Source;
import io.redispatterns.ratelimit.RateLimitRequest;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.test.ClusterRedis;
import io.redispatterns.test.Redis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rate limits of two nodes on a cluster whose slots move and whose masters change.
 */
class RateLimitFaultsIntegrationTests {

	private static final int SUBJECTS = 20;

	private static final int LIMIT = 400;

	private static final RateLimitPolicy POLICY = RateLimitPolicy.of("p", LIMIT, Duration.ofHours(1))
		.with(Algorithm.SLIDING_WINDOW);

	@Test
	void losesNoDecisionWhileSlotsMove(@Redis ClusterRedis redis) {
		admitsTheLimitDuring(redis, () -> new Resharding(redis).move("limits:rl:*", Duration.ofSeconds(3)));
	}

	@Test
	void losesNoDecisionInAFailover(@Redis ClusterRedis redis) {
		admitsTheLimitDuring(redis, () -> List.copyOf(redis.masters()).forEach(redis::failover));
	}

	private static void admitsTheLimitDuring(ClusterRedis redis, Runnable change) {
		try (AnnotationConfigApplicationContext one = node(redis);
				AnnotationConfigApplicationContext two = node(redis)) {
			List<RateLimiter> limiters = List.of(one.getBean(RateLimiter.class), two.getBean(RateLimiter.class));
			limiters.forEach((limiter) -> Awaitility.await()
				.until(() -> limiter.acquire(RateLimitRequest.of("probe", POLICY)).source() == Source.REDIS));
			Map<Integer, Integer> admitted = new HashMap<>();
			ask(limiters, 2, admitted);
			CompletableFuture<Void> changing = CompletableFuture.runAsync(change);
			int rounds = 0;
			while (!changing.isDone()) {
				ask(limiters, 2, admitted);
				rounds++;
			}
			changing.join();
			Awaitility.await().until(() -> ask(limiters, 4, admitted).stream().allMatch(Source.REDIS::equals));
			ask(limiters, LIMIT, admitted);
			System.out.printf("%d rounds, %s%n", rounds, admitted);
			assertThat(admitted).hasSize(SUBJECTS);
			assertThat(admitted.values()).allSatisfy((count) -> assertThat(count).isBetween(LIMIT - 20, LIMIT));
		}
	}

	/**
	 * Ask for each subject on both nodes in turn.
	 * @return where it was decided by a server or a node
	 */
	private static List<Source> ask(List<RateLimiter> limiters, int times, Map<Integer, Integer> admitted) {
		List<Source> sources = new ArrayList<>();
		for (int i = 0; i < times * SUBJECTS; i++) {
			int subject = i % SUBJECTS;
			RateLimitDecision decision = limiters.get(i / SUBJECTS % 2)
				.acquire(RateLimitRequest.of("subject" + subject, POLICY));
			if (decision.allowed()) {
				admitted.merge(subject, 1, Integer::sum);
			}
			if (decision.source() != Source.DENY_CACHE) {
				sources.add(decision.source());
			}
		}
		return sources;
	}

	private static AnnotationConfigApplicationContext node(ClusterRedis redis) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues
			.of("redis.namespace=limits", "redis.rate-limit.local.expected-nodes=2",
					"redis.rate-limit.command-timeout=250ms")
			.and(redis.springProperties())
			.applyTo(context);
		context.register(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, RateLimitAutoConfiguration.class);
		context.refresh();
		return context;
	}

}
