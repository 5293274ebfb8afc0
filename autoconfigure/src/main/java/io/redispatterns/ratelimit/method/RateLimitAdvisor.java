package io.redispatterns.ratelimit.method;

import java.lang.reflect.Method;

import io.redispatterns.ratelimit.RateLimitExempt;
import io.redispatterns.ratelimit.RateLimited;
import io.redispatterns.ratelimit.rule.LimitRules;
import io.redispatterns.ratelimit.rule.MethodLimits;
import org.aopalliance.aop.Advice;

import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Advice around methods annotated with {@link RateLimited}, before that of transactions
 * and caches.
 */
final class RateLimitAdvisor extends AbstractPointcutAdvisor {

	private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 100;

	private final transient Advice advice;

	private final transient Pointcut pointcut;

	RateLimitAdvisor(LimitRules rules, HandlerMethods handlers, Advice advice) {
		this.advice = advice;
		this.pointcut = new LimitedMethods(rules, handlers);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Advice getAdvice() {
		return this.advice;
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	private static final class LimitedMethods extends StaticMethodMatcherPointcut {

		private final LimitRules rules;

		private final HandlerMethods handlers;

		LimitedMethods(LimitRules rules, HandlerMethods handlers) {
			this.rules = rules;
			this.handlers = handlers;
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
				limited |= isAdvised(method, type);
			}
			return limited;
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return isAdvised(method, targetClass);
		}

		private boolean isAdvised(Method method, Class<?> type) {
			MethodLimits limits = this.rules.of(method, type);
			return !limits.rules().isEmpty() && (limits.isOfArguments()
					|| !this.handlers.contain(AopUtils.getMostSpecificMethod(method, type), type));
		}

	}

}
