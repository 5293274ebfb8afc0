package io.redispatterns.cache.many;

import java.lang.reflect.Method;

import org.aopalliance.aop.Advice;

import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;

/**
 * Advice around methods that are annotated with {@link CacheableMany}.
 */
final class ManyAdvisor extends StaticMethodMatcherPointcutAdvisor {

	private final transient ManyMethods methods;

	ManyAdvisor(ManyMethods methods, Advice advice) {
		super(advice);
		this.methods = methods;
		setClassFilter(methods::isCandidate);
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return this.methods.find(method, targetClass) != null;
	}

}
