package io.redispatterns.ratelimit.web.reactive;

import java.security.Principal;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.redispatterns.ratelimit.client.ClientAddresses;
import io.redispatterns.ratelimit.http.LimitResponses;
import io.redispatterns.ratelimit.rule.Admissions;
import io.redispatterns.ratelimit.rule.LimitRules;
import io.redispatterns.ratelimit.web.PathLimits;
import io.redispatterns.ratelimit.web.RateLimitWebAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/**
 * Auto-configuration for limits on the requests of Spring WebFlux.
 */
@AutoConfiguration(after = RateLimitWebAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnBean(PathLimits.class)
@ConditionalOnBooleanProperty(name = "redis.rate-limit.enabled", matchIfMissing = true)
public final class RateLimitReactiveAutoConfiguration {

	private static final boolean SECURITY = ClassUtils.isPresent("org.springframework.security.core.Authentication",
			RateLimitReactiveAutoConfiguration.class.getClassLoader());

	/**
	 * Behind Spring Security, whose filter has the order -100.
	 */
	private static final int LATE = -90;

	private RateLimitReactiveAutoConfiguration() {
	}

	@Bean
	@Order(LATE)
	static ReactiveCallers redisRateLimitReactiveCallers(ClientAddresses addresses, LimitResponses responses) {
		Function<Principal, Identity> identities = SECURITY ? new SecurityIdentity() : Identity.BY_NAME;
		return new ReactiveCallers(addresses, responses, identities);
	}

	@Bean
	static Decisions redisRateLimitDecisions(Admissions admissions) {
		return new Decisions(admissions);
	}

	@Bean
	static RateLimitWebFilter redisRateLimitWebFilter(PathLimits paths, Decisions decisions, ReactiveCallers callers,
			ObjectProvider<HandlerAdapter> adapters, ObjectProvider<HandlerResultHandler> results,
			ObjectProvider<CorsConfigurationSource> origins) {
		Supplier<List<DispatchExceptionHandler>> handlers = SingletonSupplier.of(() -> adapters.orderedStream()
			.filter(DispatchExceptionHandler.class::isInstance)
			.map(DispatchExceptionHandler.class::cast)
			.toList());
		return new RateLimitWebFilter(paths, decisions, callers,
				new RefusalAnswer(handlers, SingletonSupplier.of(() -> results.orderedStream().toList()),
						SingletonSupplier.of(() -> origins.orderedStream().toList())));
	}

	@Bean
	static LimitedHandlerAdapter redisRateLimitHandlerAdapter(LimitRules rules, PathLimits paths, Decisions decisions,
			ReactiveCallers callers, ObjectProvider<HandlerAdapter> adapters) {
		return new LimitedHandlerAdapter(rules, paths, decisions, callers,
				SingletonSupplier.of(() -> adapters.orderedStream().toList()));
	}

	@Bean
	static ReactiveChecks redisRateLimitReactiveChecks(LimitRules rules,
			ObjectProvider<RequestMappingInfoHandlerMapping> mappings, Environment environment) {
		return new ReactiveChecks(rules, () -> mappings.orderedStream().toList(), environment);
	}

}
