package io.redispatterns.ratelimit.web.reactive;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;

import io.redispatterns.ratelimit.rule.InvalidRateLimitedException;
import io.redispatterns.ratelimit.rule.LimitRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.env.Environment;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/**
 * Finds at start what would silently not hold in WebFlux.
 */
final class ReactiveChecks implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(ReactiveChecks.class);

	private final LimitRules rules;

	private final Supplier<List<RequestMappingInfoHandlerMapping>> mappings;

	private final Environment environment;

	ReactiveChecks(LimitRules rules, Supplier<List<RequestMappingInfoHandlerMapping>> mappings,
			Environment environment) {
		this.rules = rules;
		this.mappings = mappings;
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.mappings.get().forEach((mapping) -> mapping.getHandlerMethods().values().forEach(this::requirePublisher));
		if (believesHeaders()) {
			logger.warn("The server believes the forwarding headers of whoever connects to it: a client that does not"
					+ " come by a proxy that replaces them can choose the address that it is limited by. Set"
					+ " 'server.forward-headers-strategy' to 'none' and name your proxies in"
					+ " 'redis.rate-limit.client-ip.trusted-proxies'.");
		}
	}

	private void requirePublisher(HandlerMethod handler) {
		Method method = handler.getMethod();
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(method.getReturnType());
		if (adapter == null && this.rules.of(method, handler.getBeanType()).isOfArguments()) {
			throw new InvalidRateLimitedException(
					"@RateLimited on '%s.%s'".formatted(method.getDeclaringClass().getName(), method.getName()),
					"names an argument, and the method does not return a publisher",
					"Return a Mono or a Flux, or limit by what is of the request.");
		}
	}

	private boolean believesHeaders() {
		String strategy = this.environment.getProperty("server.forward-headers-strategy");
		if (strategy == null) {
			CloudPlatform platform = CloudPlatform.getActive(this.environment);
			return platform != null && platform.isUsingForwardHeaders();
		}
		return !strategy.equalsIgnoreCase("none");
	}

}
