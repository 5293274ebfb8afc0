package io.redispatterns.stampede.sync;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.AopProxyUtils;

/**
 * The caching advice, which for a {@code Mono} or {@code Flux} that is guarded without
 * being told comes at each subscription, and hands the context of the subscriber on to
 * the method. Spring's own comes at the call, subscribes to the method without a context,
 * and has one failure for all retries.
 */
final class AutoSyncInterceptor implements MethodInterceptor {

	private final MethodInterceptor caching;

	private final AutoSyncOperationSource operations;

	AutoSyncInterceptor(MethodInterceptor caching, AutoSyncOperationSource operations) {
		this.caching = caching;
		this.operations = operations;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Class<?> type = invocation.getMethod().getReturnType();
		if ((type == Mono.class || type == Flux.class) && invocation instanceof ProxyMethodInvocation call
				&& isGuarded(call)) {
			return (type == Mono.class) ? Mono.deferContextual((context) -> Mono.from(publisher(call, context)))
					: Flux.deferContextual((context) -> Flux.from(publisher(call, context)));
		}
		return this.caching.invoke(invocation);
	}

	private boolean isGuarded(MethodInvocation invocation) {
		Object target = invocation.getThis();
		return target != null
				&& this.operations.isGuarded(invocation.getMethod(), AopProxyUtils.ultimateTargetClass(target));
	}

	private Publisher<?> publisher(ProxyMethodInvocation invocation, ContextView context) {
		try {
			Object found = this.caching.invoke(new AutoSyncInvocation(invocation, context));
			return (found instanceof Publisher<?> publisher) ? publisher : Mono.empty();
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

}
