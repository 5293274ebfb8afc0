package io.redispatterns.ratelimit.method;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.RateLimitRequest;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.ratelimit.client.RateLimitTenantResolver;
import io.redispatterns.ratelimit.method.LimitedBeans.Limited;
import io.redispatterns.ratelimit.method.LimitedBeans.Orders;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.ratelimit.rule.InvalidRateLimitedException;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link RateLimitMethodAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RateLimitMethodAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, RateLimitMethodAutoConfiguration.class))
		.withBean(RateLimitPolicies.class, () -> {
			RateLimitPolicies policies = new RateLimitPolicies();
			policies.define(RateLimitPolicy.of("one", 1, Duration.ofMinutes(1)));
			policies.define(RateLimitPolicy.of("two", 2, Duration.ofMinutes(1)));
			policies.define("big", RateLimitPolicy.of("two", 3, Duration.ofMinutes(1)));
			return policies;
		})
		.withBean(CountingLimiter.class)
		.withPropertyValues("redis.namespace=test", "spring.data.redis.port=1");

	private void limited(Consumer<Orders> calls, Consumer<CountingLimiter> check) {
		this.runner.withBean(Orders.class).run((context) -> {
			calls.accept(context.getBean(Orders.class));
			check.accept(context.getBean(CountingLimiter.class));
		});
	}

	private static void refused(Runnable call) {
		assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(call::run);
	}

	@Test
	void connectsAtStartWhenAMethodIsLimited() {
		RedisExecutor redis = mock(RedisExecutor.class);
		ApplicationContextRunner connecting = this.runner.withBean(RedisExecutor.class, () -> redis);
		connecting.run((context) -> verify(redis, never()).connect());
		connecting.withBean(Orders.class).run((context) -> verify(redis, atLeastOnce()).connect());
	}

	@Test
	void limitsCallsByKey() {
		limited((orders) -> {
			assertThat(orders.find("a")).isEqualTo("order a");
			orders.find("a");
			refused(() -> orders.find("a"));
			orders.find("b");
		}, (limiter) -> assertThat(limiter.used()).isEqualTo(Map.of("key:a two", 2L, "key:b two", 1L)));
	}

	@Test
	void neverTakesNullForSubject() {
		limited((orders) -> {
			assertThatExceptionOfType(InvalidRateLimitedException.class).isThrownBy(() -> orders.find(null))
				.withMessageContaining("Orders.find' has the key '#id', which is null for a call: all such calls");
			assertThatExceptionOfType(InvalidRateLimitedException.class).isThrownBy(() -> orders.find(""));
			assertThatExceptionOfType(InvalidRateLimitedException.class).isThrownBy(() -> orders.object(new Object()))
				.withMessageContaining("a key is a text, a number or an enumeration");
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(orders::noRequest)
				.withMessageContaining("There is no request");
		}, (limiter) -> assertThat(limiter.requests()).isEmpty());
	}

	@Test
	void tellsSubjectsApart() {
		limited((orders) -> {
			orders.find("a|key:b");
			orders.find("a%7Ckey:b");
		}, (limiter) -> assertThat(limiter.used()).containsOnlyKeys("key:a%7Ckey:b two", "key:a%257Ckey:b two"));
	}

	@Test
	void failsFutures() {
		limited((orders) -> {
			assertThat(orders.stage(false).join()).isEqualTo("stage");
			assertThat(orders.stage(true)).isCompletedExceptionally();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> orders.stage(false).get())
				.withCauseInstanceOf(RateLimitExceededException.class);
		}, (limiter) -> assertThat(limiter.used()).isEqualTo(Map.of("global:stage stage", 2L)));
	}

	@Test
	void decidesPublishersForEachSubscription() {
		limited((orders) -> {
			Mono<String> mono = orders.mono();
			assertThat(mono.block()).isEqualTo("mono");
			Flux<Integer> flux = orders.flux();
			assertThat(flux.collectList().block()).isEqualTo(List.of(1, 2, 3));
			refused(mono::block);
			refused(flux::blockLast);
		}, (limiter) -> assertThat(limiter.used()).isEqualTo(Map.of("global:two two", 2L)));
	}

	@Test
	void usesUpNothingBeforeSubscription() {
		limited((orders) -> {
			orders.mono();
			orders.flux();
		}, (limiter) -> assertThat(limiter.requests()).isEmpty());
	}

	@Test
	void weighsCalls() {
		limited((orders) -> {
			orders.weigh(List.of());
			orders.weigh(List.of("a", "b"));
			refused(() -> orders.weigh(List.of("c", "d")));
		}, (limiter) -> assertThat(limiter.used()).isEqualTo(Map.of("key:2 two", 2L)));
	}

	@Test
	void givesBackWhatAnotherSubjectRefuses() {
		limited((orders) -> {
			orders.both("u", "t");
			refused(() -> orders.both("u", "t"));
		}, (limiter) -> assertThat(limiter.used()).isEqualTo(Map.of("key:u two", 1L, "key:t one", 1L)));
	}

	@Test
	void asksForPoliciesOfOneSubjectTogether() {
		limited((orders) -> orders.both("same", "same"),
				(limiter) -> assertThat(limiter.requests()).singleElement()
					.extracting(RateLimitRequest::names)
					.isEqualTo(List.of("two", "one")));
	}

	@Test
	void countsFailuresOnly() {
		limited((orders) -> {
			for (int i = 0; i < 5; i++) {
				orders.login("a", "secret");
			}
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> orders.login("a", "guess"));
			}
			refused(() -> orders.login("a", "secret"));
		}, (limiter) -> assertThat(limiter.used()).isEqualTo(Map.of("key:a login", 2L)));
	}

	@Test
	void takesPlanOfExpression() {
		limited((orders) -> {
			for (int i = 0; i < 3; i++) {
				orders.planned("a");
			}
			refused(() -> orders.planned("a"));
		}, (limiter) -> assertThat(limiter.requests().get(0).plan()).isEqualTo("big"));
	}

	@Test
	void takesMethodBeforeClass() {
		this.runner.withBean(Limited.class).run((context) -> {
			Limited limited = context.getBean(Limited.class);
			limited.one();
			refused(limited::other);
			limited.own();
			limited.free();
			limited.free();
		});
	}

	@Test
	void refusesBeforeTransactionBegins() {
		this.runner.withUserConfiguration(Transactions.class).withBean(LimitedBeans.Writer.class).run((context) -> {
			LimitedBeans.Writer writer = context.getBean(LimitedBeans.Writer.class);
			writer.write();
			refused(writer::write);
			assertThat(context.getBean(Transactions.class).begun).hasValue(1);
		});
	}

	@Test
	void leavesAloneWhatIsNotAnnotated() {
		this.runner.withBean("plain", List.class, () -> List.of("any"))
			.run((context) -> assertThat(AopUtils.isAopProxy(context.getBean("plain"))).isFalse());
	}

	@Test
	void makesNoBeanTooEarly(CapturedOutput output) {
		this.runner.withBean(Orders.class)
			.run((context) -> assertThat(output).doesNotContain("is not eligible for getting processed"));
	}

	@Test
	void backsOffWhenDisabled() {
		this.runner.withPropertyValues("redis.rate-limit.enabled=false")
			.withBean(Orders.class)
			.run((context) -> assertThat(AopUtils.isAopProxy(context.getBean(Orders.class))).isFalse());
	}

	@Test
	void backsOffWithoutLimiter() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RateLimitMethodAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RateLimiter.class)
				.doesNotHaveBean(RateLimitAdvisor.class));
	}

	static List<Arguments> failsToStart() {
		return List.of(Arguments.of(LimitedBeans.NoLimit.class, "names no policy and has no limit"),
				Arguments.of(LimitedBeans.NoWindow.class, "has a limit and no window"),
				Arguments.of(LimitedBeans.HalfPolicy.class, "writes parts of a policy and has no limit"),
				Arguments.of(LimitedBeans.BadKey.class, "has the key '#id +', which is no expression"),
				Arguments.of(LimitedBeans.BadNumber.class, "has the limit 'many', which is no whole number"),
				Arguments.of(LimitedBeans.TooMany.class, "has the limit '2000000000', which must be between"),
				Arguments.of(LimitedBeans.BadWindow.class, "has the window 'soon', which is no duration"),
				Arguments.of(LimitedBeans.Unknown.class, "names the rate limit policy 'serach', and there are only"),
				Arguments.of(LimitedBeans.Costly.class, "costs 3 permits, and 'two' never gives more than 2 at once"),
				Arguments.of(LimitedBeans.Tenants.class, "limits tenants, and nothing says who is a tenant"),
				Arguments.of(LimitedBeans.Hidden.class, "cannot be applied: the method is private, static or final"),
				Arguments.of(LimitedBeans.Final.class, "cannot be applied: the method is private, static or final"),
				Arguments.of(LimitedBeans.FinalOfClass.class,
						"cannot be applied: the method is private, static or final"),
				Arguments.of(LimitedBeans.Both.class, "stands beside @RateLimitExempt"),
				Arguments.of(LimitedBeans.Twice.class, "writes a policy of the name 'two', which is configured too"));
	}

	@ParameterizedTest
	@MethodSource
	void failsToStart(Class<?> type, String reason) {
		this.runner.withBean(type)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("@RateLimited on '" + type.getName() + ".call' " + reason));
	}

	@Test
	void failsWithWayOutWhenPlanOfRoleIsUnknown() {
		this.runner.withPropertyValues("redis.rate-limit.plan-by-role.PRO=huge")
			.run((context) -> assertThat(context).getFailure()
				.hasMessage("'redis.rate-limit.plan-by-role.PRO' names the plan 'huge', and there are only [big]"));
	}

	@Test
	void startsWithTenantResolver() {
		this.runner.withBean(LimitedBeans.Tenants.class)
			.withBean(RateLimitTenantResolver.class, () -> (caller) -> "acme")
			.run((context) -> {
				context.getBean(LimitedBeans.Tenants.class).call();
				assertThat(context.getBean(CountingLimiter.class).used()).containsOnlyKeys("tenant:acme two");
			});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	static class Transactions extends AbstractPlatformTransactionManager {

		private final AtomicInteger begun = new AtomicInteger();

		@Override
		protected Object doGetTransaction() {
			return this.begun;
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			this.begun.incrementAndGet();
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
