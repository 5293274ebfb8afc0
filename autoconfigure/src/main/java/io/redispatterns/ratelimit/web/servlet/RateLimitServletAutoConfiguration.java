package io.redispatterns.ratelimit.web.servlet;

import io.redispatterns.ratelimit.client.ClientAddresses;
import io.redispatterns.ratelimit.http.LimitResponses;
import io.redispatterns.ratelimit.rule.Admissions;
import io.redispatterns.ratelimit.rule.LimitRules;
import io.redispatterns.ratelimit.web.PathLimits;
import io.redispatterns.ratelimit.web.RateLimitWebAutoConfiguration;
import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Auto-configuration for limits on the requests of Spring MVC.
 */
@AutoConfiguration(after = RateLimitWebAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean(PathLimits.class)
@ConditionalOnBooleanProperty(name = "redis.rate-limit.enabled", matchIfMissing = true)
public final class RateLimitServletAutoConfiguration {

	/**
	 * Before Spring Security, whose filter has the order -100, and that of the request's
	 * context.
	 */
	private static final int EARLY = -110;

	private RateLimitServletAutoConfiguration() {
	}

	@Bean
	static ServletCallers redisRateLimitServletCallers(ClientAddresses addresses) {
		return new ServletCallers(addresses);
	}

	@Bean
	static FilterRegistrationBean<RateLimitFilter> redisRateLimitFilter(PathLimits paths, Admissions admissions,
			ServletCallers callers, LimitResponses responses,
			@Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver,
			ObjectProvider<CorsConfigurationSource> origins) {
		RefusalAnswer refusals = new RefusalAnswer(resolver,
				SingletonSupplier.of(() -> origins.orderedStream().toList()));
		FilterRegistrationBean<RateLimitFilter> registration = new FilterRegistrationBean<>(
				new RateLimitFilter(paths, admissions, callers, responses, refusals));
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		registration.setOrder(EARLY);
		return registration;
	}

	@Bean
	static RateLimitHandlerInterceptor redisRateLimitHandlerInterceptor(LimitRules rules, PathLimits paths,
			Admissions admissions, ServletCallers callers) {
		return new RateLimitHandlerInterceptor(rules, paths, admissions, callers);
	}

}
