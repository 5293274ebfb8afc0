package io.redispatterns.cache.transaction;

import java.util.Objects;
import java.util.function.BooleanSupplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * Makes the transaction of a subscriber known to the threads that work for it: before the
 * advice of caches, which asks a cache when the method is called, and behind it, which
 * writes when the method's publisher brings something. Without a transaction nothing is
 * changed.
 */
final class ReactiveCacheInterceptor implements MethodInterceptor {

	private final boolean before;

	private final BooleanSupplier active;

	/**
	 * Create the interceptor.
	 * @param before whether it is before the advice of caches: the method is then called
	 * for each subscriber
	 * @param active whether there can be a transaction
	 */
	ReactiveCacheInterceptor(boolean before, BooleanSupplier active) {
		this.before = before;
		this.active = active;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		if (!this.active.getAsBoolean()) {
			return invocation.proceed();
		}
		ReactiveAdapter adapter = Objects.requireNonNull(
				ReactiveAdapterRegistry.getSharedInstance().getAdapter(invocation.getMethod().getReturnType()));
		if (this.before) {
			ProxyMethodInvocation kept = (ProxyMethodInvocation) invocation;
			return adapter.fromPublisher(called(kept, adapter));
		}
		Object result = invocation.proceed();
		return (result != null) ? adapter.fromPublisher(SubscriberTransaction.around(adapter.toPublisher(result)))
				: null;
	}

	private static Publisher<?> called(ProxyMethodInvocation invocation, ReactiveAdapter adapter) {
		return Flux.deferContextual((context) -> {
			Publisher<Object> call = (subscriber) -> ReactiveTransactions.within(SubscriberTransaction.of(context),
					() -> publisher(invocation, adapter).subscribe(subscriber));
			return call;
		});
	}

	private static Publisher<Object> publisher(ProxyMethodInvocation invocation, ReactiveAdapter adapter) {
		try {
			return adapter.toPublisher(invocation.invocableClone().proceed());
		}
		catch (Throwable ex) {
			return Flux.error(ex);
		}
	}

}
