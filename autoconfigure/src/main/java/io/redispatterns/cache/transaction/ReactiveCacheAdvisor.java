package io.redispatterns.cache.transaction;

import java.lang.reflect.Method;

import org.aopalliance.aop.Advice;
import org.reactivestreams.Publisher;

import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * Advice around methods with cache operations that return a publisher.
 */
final class ReactiveCacheAdvisor extends AbstractPointcutAdvisor {

	private final transient Advice advice;

	private final transient Pointcut pointcut;

	ReactiveCacheAdvisor(Advice advice) {
		this.advice = advice;
		this.pointcut = new CacheOperationsPointcut();
	}

	@Override
	public Advice getAdvice() {
		return this.advice;
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	private static final class CacheOperationsPointcut extends StaticMethodMatcherPointcut {

		/**
		 * Not the bean, which is made when other beans are already matched.
		 */
		private final CacheOperationSource operations = new AnnotationCacheOperationSource(false);

		CacheOperationsPointcut() {
			setClassFilter(this.operations::isCandidateClass);
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return isReactive(method.getReturnType()) && this.operations.hasCacheOperations(method, targetClass);
		}

		private static boolean isReactive(Class<?> type) {
			return Publisher.class.isAssignableFrom(type)
					&& ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
		}

	}

}
