package io.redispatterns.cache.many;

import java.lang.reflect.Method;

import org.aopalliance.aop.Advice;

import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/**
 * Advice around methods that are annotated with {@link CacheableMany}.
 */
final class ManyAdvisor extends AbstractPointcutAdvisor {

	private final transient Advice advice;

	private final transient Pointcut pointcut;

	ManyAdvisor(ManyMethods methods, Advice advice) {
		this.advice = advice;
		this.pointcut = new AnnotatedPointcut(methods);
	}

	@Override
	public Advice getAdvice() {
		return this.advice;
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	private static final class AnnotatedPointcut extends StaticMethodMatcherPointcut {

		private final ManyMethods methods;

		AnnotatedPointcut(ManyMethods methods) {
			this.methods = methods;
			setClassFilter(methods::isCandidate);
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return this.methods.find(method, targetClass) != null;
		}

	}

}
