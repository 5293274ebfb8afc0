package io.redispatterns.cache.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.redispatterns.cache.call.CachedCall.Scope;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * Begins a call before the advice of caches, and passes on what the method gives within
 * it behind that advice.
 */
final class CachedCallInterceptor implements MethodInterceptor {

	private static final String CALL = CachedCall.class.getName();

	private final boolean before;

	CachedCallInterceptor(boolean before) {
		this.before = before;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		if (!(invocation instanceof ProxyMethodInvocation proxied)) {
			return invocation.proceed();
		}
		CachedCall call = (CachedCall) proxied.getUserAttribute(CALL);
		if (this.before) {
			CachedCall begun = (call != null) ? call : new CachedCall();
			proxied.setUserAttribute(CALL, begun);
			try (Scope scope = begun.enter()) {
				return proxied.proceed();
			}
		}
		Object result = proxied.proceed();
		return (call != null && result != null && call.hasMissed()) ? within(call, result) : result;
	}

	private static Object within(CachedCall call, Object result) {
		if (result instanceof CompletableFuture<?> future) {
			// Where it is done by the time of the next stage, that runs here
			call.keepOnThread();
			return within(call, future);
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result);
		return (adapter != null) ? adapter.fromPublisher(CallSubscriber.around(adapter.toPublisher(result), call))
				: result;
	}

	private static <T> CompletableFuture<T> within(CachedCall call, CompletableFuture<T> future) {
		CompletableFuture<T> passed = new CompletableFuture<>();
		future.whenComplete((value, ex) -> {
			try (Scope scope = call.enter()) {
				if (ex == null) {
					passed.complete(value);
				}
				else {
					passed.completeExceptionally(
							(ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex);
				}
			}
		});
		return passed;
	}

}
