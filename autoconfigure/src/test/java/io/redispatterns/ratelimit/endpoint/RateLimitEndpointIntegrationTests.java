package io.redispatterns.ratelimit.endpoint;

import java.time.Duration;
import java.util.Map;

import io.redispatterns.Patience;
import io.redispatterns.ratelimit.RateLimitAutoConfiguration;
import io.redispatterns.ratelimit.RateLimitDecision.Outcome;
import io.redispatterns.ratelimit.RateLimitRequest;
import io.redispatterns.ratelimit.RateLimiter;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RateLimitEndpointIntegrationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("redis.namespace=test", "redis.rate-limit.policies.api.limit=10",
				"redis.rate-limit.policies.api.window=1h", "redis.rate-limit.plans.pro.api.limit=100")
		.withPropertyValues(Patience.SETTINGS.toArray(String[]::new))
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, RateLimitAutoConfiguration.class,
				RateLimitEndpointAutoConfiguration.class));

	private final ApplicationContextRunner exposed = this.runner
		.withPropertyValues("management.endpoints.web.exposure.include=ratelimits");

	@Test
	void backsOffWhenNotExposedDisabledOrWithoutActuator() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RateLimitEndpoint.class));
		this.exposed.withPropertyValues("redis.rate-limit.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RateLimitEndpoint.class));
		this.exposed.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RateLimitEndpoint.class));
	}

	@Test
	void showsBlocksAndResets(@Redis StandaloneRedis redis) {
		this.exposed
			.withPropertyValues(redis.springProperties()
				.entrySet()
				.stream()
				.map((each) -> each.getKey() + "=" + each.getValue())
				.toArray(String[]::new))
			.run((context) -> {
				RateLimitEndpoint endpoint = context.getBean(RateLimitEndpoint.class);
				RateLimiter limiter = context.getBean(RateLimiter.class);
				assertThat(endpoint.policies().get("policies")).asInstanceOf(InstanceOfAssertFactories.MAP)
					.containsOnlyKeys("api");
				assertThat(endpoint.policies().get("plans")).asInstanceOf(InstanceOfAssertFactories.COLLECTION)
					.containsExactly("pro");
				limiter.acquire(RateLimitRequest.of("me", "api").withCost(4));
				assertThat(shown(endpoint, null)).containsEntry("remaining", 6L).containsEntry("limit", 10L);
				assertThat(shown(endpoint, "pro")).containsEntry("limit", 100L);
				endpoint.block("me", Duration.ofHours(2));
				assertThat(shown(endpoint, null)).containsEntry("outcome", Outcome.BLOCKED);
				endpoint.reset("me", "api");
				assertThat(shown(endpoint, null)).containsEntry("outcome", Outcome.ALLOWED)
					.containsEntry("remaining", 10L);
				assertThatExceptionOfType(InvalidEndpointRequestException.class)
					.isThrownBy(() -> endpoint.block("me", Duration.ofHours(-2)));
			});
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> shown(RateLimitEndpoint endpoint, String plan) {
		return (Map<String, Object>) endpoint.subject("me", plan).get("api");
	}

}
