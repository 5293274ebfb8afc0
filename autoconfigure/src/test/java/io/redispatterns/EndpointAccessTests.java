package io.redispatterns;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.redispatterns.advisor.AdvisorAutoConfiguration;
import io.redispatterns.cache.CachingAutoConfiguration;
import io.redispatterns.cache.node.CacheNodesAutoConfiguration;
import io.redispatterns.codec.json.CodecAutoConfiguration;
import io.redispatterns.ratelimit.RateLimitAutoConfiguration;
import io.redispatterns.ratelimit.endpoint.RateLimitEndpointAutoConfiguration;
import io.redispatterns.redis.RedisPatternsAutoConfiguration;
import io.redispatterns.redis.resilience.ResilienceAutoConfiguration;
import io.redispatterns.write.behind.WriteBehindAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What may be sent to the endpoints of the actuator that are exposed.
 */
class EndpointAccessTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withInitializer((context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
		.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class,
				DataRedisAutoConfiguration.class, RedisPatternsAutoConfiguration.class,
				ResilienceAutoConfiguration.class, CodecAutoConfiguration.class, CacheNodesAutoConfiguration.class,
				CachingAutoConfiguration.class, WriteBehindAutoConfiguration.class, RateLimitAutoConfiguration.class,
				RateLimitEndpointAutoConfiguration.class, AdvisorAutoConfiguration.class))
		.withPropertyValues("redis.namespace=test", "spring.data.redis.port=1",
				"management.endpoints.web.exposure.include=deadletters,ratelimits,redispatterns");

	private static Set<String> methods(WebEndpointsSupplier endpoints, String id) {
		return endpoints.getEndpoints()
			.stream()
			.filter((endpoint) -> endpoint.getEndpointId().toString().equals(id))
			.flatMap((endpoint) -> endpoint.getOperations().stream())
			.map((operation) -> operation.getRequestPredicate().getHttpMethod().name())
			.collect(Collectors.toSet());
	}

	@Test
	void deadLettersAndLimitsAreReadOnlyUnlessToldOtherwise() {
		this.runner.run((context) -> {
			WebEndpointsSupplier endpoints = context.getBean(WebEndpointsSupplier.class);
			assertThat(List.of("deadletters", "ratelimits"))
				.allSatisfy((id) -> assertThat(methods(endpoints, id)).containsExactly("GET"));
			assertThat(methods(endpoints, "redispatterns")).containsExactlyInAnyOrder("GET", "DELETE");
		});
	}

	@Test
	void areOpenedAndClosedByTheirAccess() {
		this.runner
			.withPropertyValues("management.endpoint.deadletters.access=unrestricted",
					"management.endpoint.ratelimits.access=unrestricted",
					"management.endpoint.redispatterns.access=read-only")
			.run((context) -> {
				WebEndpointsSupplier endpoints = context.getBean(WebEndpointsSupplier.class);
				assertThat(methods(endpoints, "deadletters")).containsExactlyInAnyOrder("GET", "POST");
				assertThat(methods(endpoints, "ratelimits")).containsExactlyInAnyOrder("GET", "POST", "DELETE");
				assertThat(methods(endpoints, "redispatterns")).containsExactly("GET");
			});
	}

}
