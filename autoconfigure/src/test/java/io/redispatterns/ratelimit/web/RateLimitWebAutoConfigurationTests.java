package io.redispatterns.ratelimit.web;

import java.time.Duration;
import java.util.List;

import io.redispatterns.ratelimit.RateLimited;
import io.redispatterns.ratelimit.client.ClientIpProperties;
import io.redispatterns.ratelimit.http.HeaderStyle;
import io.redispatterns.ratelimit.http.LimitHttpProperties;
import io.redispatterns.ratelimit.http.LimitResponses;
import io.redispatterns.ratelimit.method.CountingLimiter;
import io.redispatterns.ratelimit.method.RateLimitMethodAutoConfiguration;
import io.redispatterns.ratelimit.policy.RateLimitPolicies;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import io.redispatterns.ratelimit.web.reactive.RateLimitReactiveAutoConfiguration;
import io.redispatterns.ratelimit.web.servlet.RateLimitServletAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RateLimitWebAutoConfiguration} and what is built on it.
 */
@ExtendWith(OutputCaptureExtension.class)
class RateLimitWebAutoConfigurationTests {

	private static final AutoConfigurations LIMITS = AutoConfigurations.of(RateLimitMethodAutoConfiguration.class,
			RateLimitWebAutoConfiguration.class, RateLimitServletAutoConfiguration.class,
			RateLimitReactiveAutoConfiguration.class);

	private final WebApplicationContextRunner mvc = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebMvcAutoConfiguration.class))
		.withConfiguration(LIMITS)
		.withBean(RateLimitPolicies.class, RateLimitWebAutoConfigurationTests::policies)
		.withBean(CountingLimiter.class);

	private final ReactiveWebApplicationContextRunner webflux = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebFluxAutoConfiguration.class))
		.withConfiguration(LIMITS)
		.withBean(RateLimitPolicies.class, RateLimitWebAutoConfigurationTests::policies)
		.withBean(CountingLimiter.class);

	private static RateLimitPolicies policies() {
		RateLimitPolicies policies = new RateLimitPolicies();
		policies.define(RateLimitPolicy.of("search", 2, Duration.ofMinutes(1)));
		return policies;
	}

	@Test
	void appliesDefaults() {
		this.mvc.run((context) -> {
			assertThat(context.getBean(ClientIpProperties.class))
				.isEqualTo(new ClientIpProperties(List.of(), "x-forwarded-for", 64));
			assertThat(context.getBean(LimitHttpProperties.class))
				.isEqualTo(new LimitHttpProperties(new LimitHttpProperties.Headers(HeaderStyle.DRAFT_10, false, true),
						new LimitHttpProperties.Problem(true)));
			assertThat(context).hasBean("redisRateLimitFilter").hasBean("redisRateLimitHandlerInterceptor");
			assertThat(context).doesNotHaveBean("redisRateLimitWebFilter");
		});
		this.webflux.run((context) -> assertThat(context).hasBean("redisRateLimitWebFilter")
			.hasBean("redisRateLimitHandlerAdapter")
			.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void bindsProperties() {
		this.mvc
			.withPropertyValues("redis.rate-limit.headers.style=draft-7", "redis.rate-limit.headers.legacy=true",
					"redis.rate-limit.headers.expose=false", "redis.rate-limit.problem.enabled=false",
					"redis.rate-limit.client-ip.trusted-proxies=10.0.0.0/8,fd00::/8",
					"redis.rate-limit.client-ip.ipv6-prefix=56")
			.run((context) -> {
				assertThat(context.getBean(LimitResponses.class).names()).contains("RateLimit", "X-RateLimit-Limit",
						"Retry-After");
				assertThat(context.getBean(LimitResponses.class).exposed()).isEmpty();
				assertThat(context.getBean(LimitHttpProperties.class).problem().enabled()).isFalse();
				assertThat(context.getBean(ClientIpProperties.class).trustedProxies()).containsExactly("10.0.0.0/8",
						"fd00::/8");
			});
	}

	@Test
	void backsOffWhenDisabled() {
		this.mvc.withPropertyValues("redis.rate-limit.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(LimitResponses.class)
				.doesNotHaveBean(HandlerInterceptor.class));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					path=api, policies=search | 'redis.rate-limit.rules[0].path' must be a pattern that begins with '/' but was 'api'
					path=/api | 'redis.rate-limit.rules[0].policies' must name a policy
					path=/api, policies=search, phase=early | 'redis.rate-limit.rules[0].by' must name who is limited without a user
					path=/api, policies=search, phase=early, by=user | 'redis.rate-limit.rules[0].by' must name who is limited
					path=/api, policies=serach | names the rate limit policy 'serach', and there are only [search]
					path=/api, policies=search, cost=#id | has an expression that names an argument
					path=/api, policies=search, cost=3 | costs 3 permits, and 'search' never gives more than 2 at once
					path=/api, policies=search, condition=user == | has the condition 'user ==', which is no expression
					path=/{api, policies=search | 'redis.rate-limit.rules.path' must be a pattern of paths but was '/{api'
					path=/api, policies=search, by=tenant | limits tenants, and nothing says who is a tenant
					""")
	void failsWithWayOutWhenRuleIsInvalid(String rule, String reason) {
		String[] properties = List.of(rule.split(", "))
			.stream()
			.map((property) -> "redis.rate-limit.rules[0]." + property)
			.toArray(String[]::new);
		this.mvc.withPropertyValues(properties)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(reason.replace("'redis.rate-limit.rules[0]", "'rules[0]")));
	}

	@Test
	void failsWhenHandlerOfWebFluxNamesArgumentAndCannotWait() {
		this.webflux.withBean(Blocking.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("Blocking.find' names an argument, and the method does not return a publisher"));
		this.mvc.withBean(Blocking.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.forward-headers-strategy=framework", "server.forward-headers-strategy=native",
			"spring.main.cloud-platform=kubernetes" })
	void warnsWhenServerOfWebFluxBelievesHeaders(String property, CapturedOutput output) {
		this.webflux.withPropertyValues(property)
			.run((context) -> assertThat(output).containsOnlyOnce("The server believes the forwarding headers"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.forward-headers-strategy=none", "other=true" })
	void doesNotWarnWhenServerBelievesNobody(String property, CapturedOutput output) {
		this.webflux.withPropertyValues(property)
			.run((context) -> assertThat(output).doesNotContain("The server believes"));
	}

	@RestController
	static class Blocking {

		@RateLimited(policy = "search", key = "#id")
		@GetMapping("/find/{id}")
		String find(@PathVariable String id) {
			return id;
		}

	}

}
