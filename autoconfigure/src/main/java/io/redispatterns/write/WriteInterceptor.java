package io.redispatterns.write;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/**
 * Writes to the caches what an annotated method has brought, on the thread and in the
 * transaction that it has brought it in. What it brings later is handed on when it is
 * written.
 */
final class WriteInterceptor implements MethodInterceptor {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Mono",
			WriteInterceptor.class.getClassLoader());

	private final WriteOperations operations;

	private final Supplier<CacheWriter> writer;

	WriteInterceptor(WriteOperations operations, Supplier<CacheWriter> writer) {
		this.operations = operations;
		this.writer = writer;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Object result = invocation.proceed();
		if (target == null) {
			return result;
		}
		Class<?> targetClass = AopProxyUtils.ultimateTargetClass(target);
		Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), targetClass);
		WriteCall call = new WriteCall(method, invocation.getArguments(), target, targetClass);
		List<WriteRule> operations = this.operations.of(invocation.getMethod(), targetClass);
		Write write = (brought, whole) -> this.writer.get().write(operations, call, brought, whole);
		if (result instanceof CompletionStage<?> stage) {
			return later(stage, write);
		}
		Object publisher = (REACTOR && result != null) ? PublishedWrites.around(result, write) : null;
		if (publisher != null) {
			return publisher;
		}
		write.of(result, true);
		return result;
	}

	private static CompletableFuture<@Nullable Object> later(CompletionStage<?> stage, Write write) {
		CompletableFuture<@Nullable Object> written = new CompletableFuture<>();
		stage.whenComplete((brought, failure) -> {
			try {
				if (failure != null) {
					written.completeExceptionally(failure);
					return;
				}
				write.of(brought, true).thenRun(() -> written.complete(brought));
			}
			catch (Throwable ex) {
				written.completeExceptionally(ex);
			}
		});
		return written;
	}

	/**
	 * Writes what a method has brought.
	 */
	@FunctionalInterface
	interface Write {

		/**
		 * Write it.
		 * @param whole whether it is all that was to come; else entries are removed
		 * @return completed when it may be handed on
		 */
		CompletableFuture<@Nullable Void> of(@Nullable Object brought, boolean whole);

	}

}
