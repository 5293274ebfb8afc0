package io.redispatterns.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.redispatterns.ratelimit.RateLimitDecision.Outcome;
import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.Block;
import io.redispatterns.ratelimit.policy.Count;
import io.redispatterns.ratelimit.policy.Handling;
import io.redispatterns.ratelimit.policy.OnRedisError;
import io.redispatterns.ratelimit.policy.PolicyState;
import io.redispatterns.ratelimit.policy.RateLimitPlanResolver;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.ratelimit.policy.UnknownRateLimitPolicyException;
import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

class RateLimitAutoConfigurationTests {

	private static final RateLimitPolicy API = RateLimitPolicy.of("api", 100, Duration.ofMinutes(1));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("redis.namespace=test", "spring.data.redis.port=1")
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, RateLimitAutoConfiguration.class));

	private final ApplicationContextRunner limited = this.runner.withPropertyValues(
			"redis.rate-limit.policies.api.limit=100", "redis.rate-limit.policies.api.window=1m",
			"redis.rate-limit.plans.pro.api.limit=600");

	@Test
	void backsOffWithoutRedis() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RateLimitAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RateLimiter.class));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.rate-limit.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RateLimiter.class)
				.doesNotHaveBean(RateLimitPolicies.class)
				.doesNotHaveBean(RateLimitMetrics.class));
	}

	@Test
	void backsOffWhenUserDefinesRateLimiter() {
		this.runner.withBean("mine", RateLimiter.class, () -> mock(RateLimiter.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.getBeanNames(RateLimiter.class)
				.containsExactly("mine"));
	}

	@Test
	void connectsAtStartWhenThereIsAPolicy() {
		RedisExecutor redis = mock(RedisExecutor.class);
		this.runner.withBean(RedisExecutor.class, () -> redis).run((context) -> {
			assertThat(context).hasNotFailed();
			verify(redis, never()).connect();
		});
		this.limited.withBean(RedisExecutor.class, () -> redis).run((context) -> verify(redis).connect());
	}

	@Test
	void appliesDefaults() {
		this.limited.run((context) -> {
			assertThat(context).hasSingleBean(RateLimiter.class).hasSingleBean(RateLimitMetrics.class);
			RateLimitProperties properties = context.getBean(RateLimitProperties.class);
			assertThat(properties.commandTimeout()).isEqualTo(Duration.ofMillis(100));
			assertThat(properties.onRedisError()).isEqualTo(OnRedisError.LOCAL);
			RateLimitPolicies policies = context.getBean(RateLimitPolicies.class);
			assertThat(policies.all()).containsExactly(API);
			assertThat(policies.get("api", "pro")).isEqualTo(API.withLimit(600));
			assertThat(policies.get("api", "none")).isEqualTo(API);
		});
	}

	@Test
	void bindsProperties() {
		this.runner
			.withPropertyValues("redis.rate-limit.policies.login.algorithm=sliding-window",
					"redis.rate-limit.policies.login.limit=5", "redis.rate-limit.policies.login.window=15m",
					"redis.rate-limit.policies.login.count=failures", "redis.rate-limit.policies.login.key=#email",
					"redis.rate-limit.policies.login.on-redis-error=deny",
					"redis.rate-limit.policies.login.headers=false", "redis.rate-limit.policies.login.block.after=10",
					"redis.rate-limit.policies.login.block.for=15m", "redis.rate-limit.shadow=true")
			.run((context) -> assertThat(context.getBean(RateLimitPolicies.class).all())
				.containsExactly(new RateLimitPolicy("login", Algorithm.SLIDING_WINDOW, 5, Duration.ofMinutes(15), 5,
						new Handling(true, OnRedisError.DENY, Count.FAILURES,
								new Block(10, Duration.ofMinutes(15), 2, Duration.ofHours(24)), "#email", false, 0))));
	}

	@ParameterizedTest
	@CsvSource({ "policies.p.window=1m, policies.p.limit, be set", "policies.p.limit=1, policies.p.window, be set",
			"policies.p.limit=0;policies.p.window=1m, policies.p.limit, be between 1",
			"policies.p.limit=1;policies.p.window=0, policies.p.window, be between 1 microsecond",
			"policies.p.limit=1;policies.p.window=1m;policies.p.burst=0, policies.p.burst, be greater than zero",
			"policies.p.limit=2000000;policies.p.window=1s, policies.p.limit, be at most one permit per microsecond",
			"policies.p.limit=1;policies.p.window=3650d;policies.p.burst=100, policies.p.burst, be small enough",
			"policies.p.limit=5;policies.p.window=1m;policies.p.burst=5;policies.p.algorithm=leaky-bucket,"
					+ " policies.p.burst, be 1",
			"policies.p.limit=200000;policies.p.window=1m;policies.p.algorithm=sliding-log, policies.p.limit,"
					+ " be at most 100000",
			"policies.p.limit=5;policies.p.window=1m;policies.p.ahead=3, policies.p.ahead, be between 0 and half",
			"policies[p/q].limit=5;policies[p/q].window=1m, policies.p/q, consist of",
			"plans.pro.q.limit=5, plans.pro.q, be the name of a policy", "on-redis-error=inherit, on-redis-error, be",
			"command-timeout=0, command-timeout, be greater than zero",
			"local.expected-nodes=0, local.expected-nodes, be greater than zero",
			"local.max-keys=0, local.max-keys, be greater than zero",
			"deny-cache.max-keys=0, deny-cache.max-keys, be greater than zero" })
	void failsWithSettingWhenInvalid(String settings, String key, String reason) {
		this.runner.withPropertyValues(
				Stream.of(settings.split(";")).map((setting) -> "redis.rate-limit." + setting).toArray(String[]::new))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining(key + "'")
				.hasMessageContaining(reason));
	}

	@Test
	void refusesPoliciesAndCostsThatCannotBe() {
		this.limited.run((context) -> {
			RateLimiter limiter = context.getBean(RateLimiter.class);
			assertThatExceptionOfType(UnknownRateLimitPolicyException.class)
				.isThrownBy(() -> limiter.acquire(RateLimitRequest.of("me", "search")))
				.withMessageContaining("'search'")
				.withMessageContaining("[api]");
			RateLimitRequest never = RateLimitRequest.of("me", "api").withCost(101);
			assertThat(List.of(limiter.acquire(never), limiter.acquireLater(never).join(), limiter.peek(never),
					limiter.acquire(never.withCost(Long.MAX_VALUE))))
				.allSatisfy((decision) -> {
					assertThat(decision.outcome()).isEqualTo(Outcome.DENIED);
					assertThat(decision.retryAfter()).isZero();
					assertThat(decision.violated()).extracting(PolicyState::name).containsExactly("api");
				});
			RateLimitPolicy watched = API.with(Handling.DEFAULT.withShadow(true));
			assertThat(limiter.acquire(RateLimitRequest.of("me", watched).withCost(Long.MAX_VALUE)).allowed()).isTrue();
			assertThatIllegalArgumentException().isThrownBy(() -> limiter.acquire(RateLimitRequest.of("me", API, API)));
			assertThatIllegalArgumentException().isThrownBy(() -> RateLimitRequest.of("me", API).withCost(-1));
			assertThatIllegalArgumentException().isThrownBy(() -> RateLimitRequest.of("me", new String[0]));
		});
	}

	@Test
	void asksResolverForThePlan() {
		this.limited.withBean(RateLimitPlanResolver.class, () -> (subject) -> subject.equals("rich") ? "pro" : null)
			.run((context) -> {
				RateLimiter limiter = context.getBean(RateLimiter.class);
				assertThat(limiter.acquire(RateLimitRequest.of("rich", "api")).policies().get(0).limit())
					.isEqualTo(600);
				assertThat(limiter.acquire(RateLimitRequest.of("poor", "api")).policies().get(0).limit())
					.isEqualTo(100);
			});
	}

	@Test
	void needsNoMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(RateLimiter.class));
	}

	@Test
	void metersAndObservesDecisions() {
		List<String> observed = new ArrayList<>();
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onStop(Observation.Context context) {
				observed.add(context.getName() + context.getLowCardinalityKeyValues());
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		this.limited.withBean(SimpleMeterRegistry.class)
			.withBean(ObservationRegistry.class, () -> observations)
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				context.getBean(RateLimitMetrics.class).bindTo(registry);
				RateLimiter limiter = context.getBean(RateLimiter.class);
				CompletableFuture<RateLimitDecision> later = limiter.acquireLater(RateLimitRequest.of("me", "api"));
				assertThat(later.join().outcome()).isEqualTo(Outcome.DEGRADED_ALLOWED);
				limiter.acquire(RateLimitRequest.of("me", "api").withCost(99));
				limiter.acquire(RateLimitRequest.of("me", "api").withCost(50));
				assertThat(registry.get("redis.rate.limit.decisions")
					.tags("policy", "api", "outcome", "degraded-allowed", "source", "local")
					.counter()
					.count()).isEqualTo(2);
				assertThat(registry.get("redis.rate.limit.decisions").tags("outcome", "denied").counter().count())
					.isEqualTo(1);
				assertThat(registry.get("redis.rate.limit.away").gauge().value()).isEqualTo(1);
				assertThat(registry.get("redis.rate.limit.refusals").gauge().value()).isZero();
				assertThat(observed).hasSize(3)
					.allMatch((each) -> each.startsWith("redis.rate.limit["))
					.anyMatch((each) -> each.contains("denied"));
			});
	}

	@Test
	void boundsThePoliciesThatAreTags() {
		this.runner.withBean(SimpleMeterRegistry.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(RateLimitMetrics.class).bindTo(registry);
			for (int i = 0; i < 150; i++) {
				context.getBean(RateLimiter.class)
					.acquire(RateLimitRequest.of("me", RateLimitPolicy.of("p" + i, 1, Duration.ofMinutes(1))));
			}
			assertThat(registry.get("redis.rate.limit.decisions").counters()).hasSize(101);
			assertThat(registry.get("redis.rate.limit.decisions").tag("policy", "other").counter().count())
				.isEqualTo(50);
		});
	}

}
