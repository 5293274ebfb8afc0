package io.redispatterns.ratelimit.method;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.rule.Admission;
import io.redispatterns.ratelimit.rule.LimitRules;
import io.redispatterns.ratelimit.rule.MethodLimits;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/**
 * Lets the calls of limited methods in.
 */
final class RateLimitInterceptor implements MethodInterceptor {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Mono",
			RateLimitInterceptor.class.getClassLoader());

	private final LimitRules rules;

	private final HandlerMethods handlers;

	private final Surroundings surroundings;

	RateLimitInterceptor(LimitRules rules, HandlerMethods handlers, Surroundings surroundings) {
		this.rules = rules;
		this.handlers = handlers;
		this.surroundings = surroundings;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		if (target == null) {
			return invocation.proceed();
		}
		Class<?> targetClass = AopProxyUtils.ultimateTargetClass(target);
		Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), targetClass);
		MethodLimits limits = this.rules.of(invocation.getMethod(), targetClass);
		LimitedInvocation limited = new LimitedInvocation(invocation, method, limits.rules(),
				this.handlers.contain(method, targetClass), this.surroundings);
		Class<?> returned = invocation.getMethod().getReturnType();
		if (CompletionStage.class.isAssignableFrom(returned)) {
			return future(limited);
		}
		if (REACTOR && PublishedCalls.isPublisher(returned)) {
			return PublishedCalls.of(limited, returned);
		}
		Caller caller = limited.currentCaller();
		Admission admission = limited.admit(caller);
		boolean succeeded = false;
		try {
			Object result = invocation.proceed();
			succeeded = true;
			return result;
		}
		finally {
			limited.end(admission, caller, succeeded);
		}
	}

	/**
	 * Decides on the thread of the caller, where it may wait: the method must not run on
	 * one of the client's.
	 */
	private static CompletableFuture<@Nullable Object> future(LimitedInvocation limited) {
		Caller caller = limited.currentCaller();
		if (!limited.mayWait()) {
			return limited.admitLater(caller).thenCompose((admission) -> proceed(limited, caller, admission));
		}
		try {
			return proceed(limited, caller, limited.admit(caller));
		}
		catch (RateLimitExceededException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private static CompletableFuture<@Nullable Object> proceed(LimitedInvocation limited, Caller caller,
			Admission admission) {
		CompletableFuture<@Nullable Object> returned = new CompletableFuture<>();
		try {
			CompletionStage<?> stage = (CompletionStage<?>) limited.invocation().proceed();
			if (stage == null) {
				returned.complete(null);
			}
			else {
				stage.whenComplete((result, failure) -> {
					if (failure != null) {
						returned.completeExceptionally(
								(failure instanceof CompletionException && failure.getCause() != null)
										? failure.getCause() : failure);
					}
					else {
						returned.complete(result);
					}
				});
			}
		}
		catch (Throwable ex) {
			returned.completeExceptionally(ex);
		}
		returned.whenComplete((result, failure) -> limited.end(admission, caller, failure == null));
		return returned;
	}

}
