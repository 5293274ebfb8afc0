package io.redispatterns.write;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

import io.redispatterns.cache.SubscriberTransactions;
import io.redispatterns.write.WriteInterceptor.Write;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * Writes what a publisher brings, for each subscriber when it is complete and before the
 * subscriber is told so: that of several as a list. Entries of what one of several has
 * brought that does not complete are removed.
 */
final class PublishedWrites {

	private PublishedWrites() {
	}

	/**
	 * Write what a publisher brings.
	 * @return the publisher to hand on, {@code null} when the result is none
	 */
	static @Nullable Object around(Object result, Write write) {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result);
		if (adapter == null) {
			return null;
		}
		Publisher<Object> source = SubscriberTransactions.around(adapter.toPublisher(result));
		return adapter.fromPublisher(adapter.isMultiValue() ? several(source, write) : one(source, write));
	}

	private static Mono<Object> one(Publisher<Object> source, Write write) {
		return Mono.from(source)
			.flatMap((brought) -> written(write, brought).thenReturn(brought))
			.switchIfEmpty(Mono.defer(() -> written(write, null).then(Mono.empty())));
	}

	private static Flux<Object> several(Publisher<Object> source, Write write) {
		return Flux.defer(() -> {
			List<Object> brought = Collections.synchronizedList(new ArrayList<>());
			return Flux.from(source)
				.doOnNext(brought::add)
				.doOnCancel(() -> undone(write, brought).subscribe())
				.onErrorResume((ex) -> undone(write, brought).then(Mono.error(ex)))
				.concatWith(Mono.defer(() -> written(write, brought).then(Mono.empty())));
		});
	}

	/**
	 * Rows that were brought before a failure, or before the subscriber left, may be
	 * there: outside a transaction each is as soon as it is written.
	 */
	private static Mono<Void> undone(Write write, List<Object> brought) {
		return Mono.defer(() -> {
			List<Object> rows = List.copyOf(brought);
			return rows.isEmpty() ? Mono.<Void>empty() : Mono.fromFuture(write.of(rows, false));
		}).onErrorComplete();
	}

	private static Mono<Void> written(Write write, @Nullable Object brought) {
		return Mono.fromFuture(write.of(brought, true));
	}

	/**
	 * Calls a method anew for each subscriber. The advice of transactions does so too,
	 * but the second time it finds no more advice to call, and the write would be lost.
	 */
	static final class Calls implements MethodInterceptor {

		private final BooleanSupplier active;

		Calls(BooleanSupplier active) {
			this.active = active;
		}

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			ReactiveAdapter adapter = adapter(invocation.getMethod());
			if (adapter == null || !this.active.getAsBoolean()) {
				return invocation.proceed();
			}
			ProxyMethodInvocation kept = (ProxyMethodInvocation) invocation;
			return adapter.fromPublisher(Flux.defer(() -> publisher(kept, adapter)));
		}

		static @Nullable ReactiveAdapter adapter(Method method) {
			Class<?> type = method.getReturnType();
			return CompletionStage.class.isAssignableFrom(type) ? null
					: ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
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

}
