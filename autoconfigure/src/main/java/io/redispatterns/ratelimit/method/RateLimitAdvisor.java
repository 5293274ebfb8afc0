package io.redispatterns.ratelimit.method;

import java.lang.reflect.Method;

import io.redispatterns.ratelimit.RateLimitExempt;
import io.redispatterns.ratelimit.RateLimited;
import io.redispatterns.ratelimit.rule.LimitRules;
import io.redispatterns.ratelimit.rule.MethodLimits;
import org.aopalliance.aop.Advice;

import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Advice around methods annotated with {@link RateLimited}, before that of transactions
 * and caches.
 */
final class RateLimitAdvisor extends StaticMethodMatcherPointcutAdvisor {

	private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 100;

	private final transient LimitRules rules;

	private final transient HandlerMethods handlers;

	RateLimitAdvisor(LimitRules rules, HandlerMethods handlers, Advice advice) {
		super(advice);
		this.rules = rules;
		this.handlers = handlers;
		setOrder(ORDER);
		setClassFilter(this::isCandidate);
	}

	/**
	 * Reads the annotations of all methods, also of those that no proxy can reach, so
	 * that none of them is silently without effect.
	 */
	private boolean isCandidate(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, RateLimited.class)
				&& !AnnotationUtils.isCandidateClass(type, RateLimitExempt.class)) {
			return false;
		}
		boolean limited = false;
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
			limited |= matches(method, type);
		}
		return limited;
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		MethodLimits limits = this.rules.of(method, targetClass);
		return !limits.rules().isEmpty() && (limits.isOfArguments()
				|| !this.handlers.contain(AopUtils.getMostSpecificMethod(method, targetClass), targetClass));
	}

}
