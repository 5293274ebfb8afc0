package io.redispatterns.ratelimit.web.servlet;

import java.util.List;

import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.rule.Admission;
import io.redispatterns.ratelimit.rule.Admissions;
import io.redispatterns.ratelimit.rule.LimitRule;
import io.redispatterns.ratelimit.rule.LimitRuleProperties.Phase;
import io.redispatterns.ratelimit.rule.LimitRules;
import io.redispatterns.ratelimit.rule.MethodLimits;
import io.redispatterns.ratelimit.web.PathLimits;
import io.redispatterns.ratelimit.web.RequestState;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Limits requests when it is known which method answers them.
 */
final class RateLimitHandlerInterceptor implements HandlerInterceptor, WebMvcConfigurer {

	private final LimitRules rules;

	private final PathLimits paths;

	private final Admissions admissions;

	private final ServletCallers callers;

	RateLimitHandlerInterceptor(LimitRules rules, PathLimits paths, Admissions admissions, ServletCallers callers) {
		this.rules = rules;
		this.paths = paths;
		this.admissions = admissions;
		this.callers = callers;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this).order(Ordered.HIGHEST_PRECEDENCE);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		DispatcherType type = request.getDispatcherType();
		RequestState state = ServletCallers.state(request);
		if (state == null || type == DispatcherType.ASYNC || type == DispatcherType.ERROR
				|| CorsUtils.isPreFlightRequest(request)) {
			return true;
		}
		List<LimitRule> limits = rules(request, handler);
		if (!limits.isEmpty() && state.enter()) {
			Caller caller = this.callers.of(request, response, state);
			Admission admission = this.admissions.admit(limits, this.admissions.call(caller));
			admission.decisions().forEach(caller::tell);
			caller.whenAnswered(admission::end);
		}
		return true;
	}

	private List<LimitRule> rules(HttpServletRequest request, Object handler) {
		if (handler instanceof HandlerMethod method) {
			MethodLimits limits = this.rules.of(method.getMethod(), method.getBeanType());
			if (limits.exempt() || limits.isOfArguments()) {
				return List.of();
			}
			if (!limits.rules().isEmpty()) {
				return limits.rules();
			}
		}
		return this.paths.isEmpty(Phase.LATE) ? List.of() : this.paths.match(Phase.LATE, request.getMethod(),
				ServletRequestPathUtils.parse(request).pathWithinApplication());
	}

}
