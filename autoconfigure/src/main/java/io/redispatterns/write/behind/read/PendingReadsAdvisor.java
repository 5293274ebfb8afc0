package io.redispatterns.write.behind.read;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;

import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.cache.interceptor.CacheableOperation;

/**
 * Applies to the loads of caches whose rows may wait.
 */
public final class PendingReadsAdvisor extends StaticMethodMatcherPointcutAdvisor {

	private final transient CacheOperationSource operations;

	private final transient Supplier<Set<String>> caches;

	/**
	 * Create the advisor.
	 * @param operations the operations of methods
	 * @param caches names of the caches whose rows may wait
	 * @param advice what comes before a load
	 */
	public PendingReadsAdvisor(CacheOperationSource operations, Supplier<Set<String>> caches,
			PendingReadsInterceptor advice) {
		super(advice);
		this.operations = operations;
		this.caches = caches;
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		if (!this.operations.isCandidateClass(targetClass)) {
			return false;
		}
		Collection<CacheOperation> found = this.operations.getCacheOperations(method, targetClass);
		return found != null && found.stream()
			.anyMatch((operation) -> operation instanceof CacheableOperation
					&& operation.getCacheNames().stream().anyMatch(this.caches.get()::contains));
	}

}
