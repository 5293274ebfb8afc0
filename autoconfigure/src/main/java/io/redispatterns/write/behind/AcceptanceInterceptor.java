package io.redispatterns.write.behind;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import io.redispatterns.write.behind.read.CallExpression;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Has what a method returns accepted before its caller gets it.
 */
final class AcceptanceInterceptor implements MethodInterceptor {

	private final Supplier<Queues> queues;

	private final CallExpression expressions;

	AcceptanceInterceptor(Supplier<Queues> queues, CallExpression expressions) {
		this.queues = queues;
		this.expressions = expressions;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object result = invocation.proceed();
		WriteBehind write = annotation(invocation);
		if (write != null) {
			List<BehindQueue.Row> rows = write.delete() ? deletions(write, invocation, result)
					: rows(write, invocation, result);
			if (!rows.isEmpty()) {
				this.queues.get().queue(write.queue()).accept(rows);
			}
		}
		return result;
	}

	private List<BehindQueue.Row> rows(WriteBehind write, MethodInvocation invocation, @Nullable Object result) {
		List<BehindQueue.Row> rows = new ArrayList<>();
		for (Object row : elements(result)) {
			if (row != null) {
				rows.add(new BehindQueue.Row(key(write, this.expressions.value(write.key(), invocation, row)), row));
			}
		}
		return rows;
	}

	private List<BehindQueue.Row> deletions(WriteBehind write, MethodInvocation invocation, @Nullable Object result) {
		List<BehindQueue.Row> rows = new ArrayList<>();
		Object keys = this.expressions.value(write.key(), invocation, result);
		for (Object key : elements((keys != null) ? keys : Arrays.asList((Object) null))) {
			rows.add(new BehindQueue.Row(key(write, key), null));
		}
		return rows;
	}

	private static Object key(WriteBehind write, @Nullable Object key) {
		if (key == null) {
			throw new IllegalArgumentException(
					"The key '%s' of a change for queue '%s' is null".formatted(write.key(), write.queue()));
		}
		return key;
	}

	private static Collection<?> elements(@Nullable Object value) {
		return (value instanceof Collection<?> many) ? many : (value != null) ? List.of(value) : List.of();
	}

	private static @Nullable WriteBehind annotation(MethodInvocation invocation) {
		Object target = invocation.getThis();
		Method method = (target != null)
				? AopUtils.getMostSpecificMethod(invocation.getMethod(), AopUtils.getTargetClass(target))
				: invocation.getMethod();
		WriteBehind found = AnnotatedElementUtils.findMergedAnnotation(method, WriteBehind.class);
		return (found != null) ? found
				: AnnotatedElementUtils.findMergedAnnotation(invocation.getMethod(), WriteBehind.class);
	}

}
