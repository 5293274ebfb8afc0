package io.redispatterns.write.behind.read;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.redispatterns.redis.RedisFailureException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.cache.interceptor.CacheableOperation;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Answers a load with the row that waits, if one does, in place of the method.
 */
public final class PendingReadsInterceptor implements MethodInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(PendingReadsInterceptor.class);

	private final CacheOperationSource operations;

	private final Supplier<PendingRows> rows;

	private final BeanFactory beans;

	private final CallExpression expressions;

	/**
	 * Create the advice.
	 * @param operations the operations of methods
	 * @param rows the rows that wait
	 * @param beans where generators of keys are found
	 */
	public PendingReadsInterceptor(CacheOperationSource operations, Supplier<PendingRows> rows, BeanFactory beans) {
		this.operations = operations;
		this.rows = rows;
		this.beans = beans;
		this.expressions = new CallExpression(beans);
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		PendingRows.Row row = find(invocation);
		if (row == null) {
			return invocation.proceed();
		}
		Class<?> type = invocation.getMethod().getReturnType();
		if (type == Optional.class) {
			return Optional.ofNullable(row.value());
		}
		if (CompletionStage.class.isAssignableFrom(type)) {
			return CompletableFuture.completedFuture(row.value());
		}
		// another method may cache something else under the same keys
		return (row.value() == null || ClassUtils.isAssignableValue(type, row.value())) ? row.value()
				: invocation.proceed();
	}

	private PendingRows.@Nullable Row find(MethodInvocation invocation) {
		Object target = invocation.getThis();
		Collection<CacheOperation> found = (target != null)
				? this.operations.getCacheOperations(invocation.getMethod(), AopUtils.getTargetClass(target)) : null;
		if (found == null || target == null) {
			return null;
		}
		for (CacheOperation operation : found) {
			for (String cache : operation.getCacheNames()) {
				if (operation instanceof CacheableOperation && this.rows.get().caches().contains(cache)) {
					PendingRows.Row row = find(cache, key(operation, target, invocation));
					if (row != null) {
						return row;
					}
				}
			}
		}
		return null;
	}

	private PendingRows.@Nullable Row find(String cache, @Nullable Object key) {
		try {
			return (key != null) ? this.rows.get().find(cache, key) : null;
		}
		catch (RedisFailureException ex) {
			logger.debug("It is not known whether a row waits, so the database answers", ex);
			return null;
		}
	}

	private @Nullable Object key(CacheOperation operation, Object target, MethodInvocation invocation) {
		if (StringUtils.hasText(operation.getKey())) {
			return this.expressions.value(operation.getKey(), invocation, null);
		}
		KeyGenerator generator = StringUtils.hasText(operation.getKeyGenerator())
				? this.beans.getBean(operation.getKeyGenerator(), KeyGenerator.class)
				: this.beans.getBean(CacheAspectSupport.class).getKeyGenerator();
		return generator.generate(target, invocation.getMethod(), invocation.getArguments());
	}

}
