package io.redispatterns.write.behind.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.redis.RedisFailureException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.ProxyMethodInvocation;
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

	private static final String MONO = "reactor.core.publisher.Mono";

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
		List<Wanted> wanted = wanted(invocation);
		Class<?> type = invocation.getMethod().getReturnType();
		if (!wanted.isEmpty() && type.getName().equals(MONO)) {
			return PendingMono.of(this.rows.get(), wanted, (ProxyMethodInvocation) invocation);
		}
		PendingRows.Row row = find(wanted);
		if (row == null) {
			return invocation.proceed();
		}
		if (type == Optional.class) {
			return Optional.ofNullable(row.value());
		}
		if (CompletionStage.class.isAssignableFrom(type)) {
			return CompletableFuture.completedFuture(row.value());
		}
		// another method may cache something else under the same keys
		return ClassUtils.isAssignableValue(type, row.value()) ? row.value() : invocation.proceed();
	}

	/**
	 * The rows that a load is about, which may wait.
	 */
	private List<Wanted> wanted(MethodInvocation invocation) {
		Object target = invocation.getThis();
		Collection<CacheOperation> found = (target != null)
				? this.operations.getCacheOperations(invocation.getMethod(), AopUtils.getTargetClass(target)) : null;
		List<Wanted> wanted = new ArrayList<>();
		for (CacheOperation operation : (found != null) ? found : List.<CacheOperation>of()) {
			for (String cache : operation.getCacheNames()) {
				if (operation instanceof CacheableOperation && this.rows.get().caches().contains(cache)) {
					Object key = (target != null) ? key(operation, target, invocation) : null;
					if (key != null) {
						wanted.add(new Wanted(cache, key));
					}
				}
			}
		}
		return wanted;
	}

	private PendingRows.@Nullable Row find(List<Wanted> wanted) {
		try {
			PendingRows.Row found = null;
			for (int i = 0; i < wanted.size() && found == null; i++) {
				found = this.rows.get().find(wanted.get(i).cache(), wanted.get(i).key());
			}
			return found;
		}
		catch (RedisFailureException | UnreadableValueException ex) {
			doubt(this.rows.get(), wanted, ex);
			return null;
		}
	}

	/**
	 * Whether a failure leaves open whether a row waits.
	 */
	static boolean isDoubt(Throwable failure) {
		return failure instanceof RedisFailureException || failure instanceof UnreadableValueException;
	}

	/**
	 * Let the database answer, whose row may be older than one that waits: it is not to
	 * be stored.
	 */
	static void doubt(PendingRows rows, List<Wanted> wanted, Throwable reason) {
		logger.debug("It is not known whether a row waits, so the database answers", reason);
		wanted.forEach((each) -> rows.leaveUnstored(each.cache(), each.key()));
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

	/**
	 * A row that a load is about.
	 *
	 * @param cache name of its cache
	 * @param key key of its entry
	 */
	record Wanted(String cache, Object key) {

	}

}
