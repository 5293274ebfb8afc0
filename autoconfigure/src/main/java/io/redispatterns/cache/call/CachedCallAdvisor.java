package io.redispatterns.cache.call;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;

import org.aopalliance.aop.Advice;

import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * Advice around methods with cache operations that return a publisher or a future.
 */
public final class CachedCallAdvisor extends StaticMethodMatcherPointcutAdvisor {

	/**
	 * Not the bean, which is made when other beans are already matched.
	 */
	private final transient CacheOperationSource operations = new AnnotationCacheOperationSource(false);

	private final boolean futures;

	/**
	 * Create the advisor.
	 * @param advice the advice
	 * @param futures whether it is for futures, too
	 */
	public CachedCallAdvisor(Advice advice, boolean futures) {
		super(advice);
		this.futures = futures;
		setClassFilter(this.operations::isCandidateClass);
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		Class<?> type = method.getReturnType();
		return ((this.futures && type == CompletableFuture.class) || isReactive(type))
				&& this.operations.hasCacheOperations(method, targetClass);
	}

	private static boolean isReactive(Class<?> type) {
		return type != CompletableFuture.class && ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

}
