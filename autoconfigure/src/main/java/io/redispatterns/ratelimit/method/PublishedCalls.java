package io.redispatterns.ratelimit.method;

import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.rule.Admission;
import io.redispatterns.ratelimit.rule.PublishedAdmission;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * Lets the subscriptions of a publisher in. The method is called anew for each of them,
 * on a thread that is not one of the Redis client's.
 */
final class PublishedCalls {

	private PublishedCalls() {
	}

	static boolean isPublisher(Class<?> type) {
		return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

	static Object of(LimitedInvocation limited, Class<?> type) {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
		if (adapter == null) {
			throw new IllegalArgumentException(type + " is no publisher");
		}
		Flux<Object> calls = Flux.deferContextual((context) -> caller(limited, context)
			.flatMapMany((caller) -> PublishedAdmission.of(limited.admitLater(caller))
				.flatMapMany((admission) -> proceed(limited, adapter, caller, admission))));
		return adapter.fromPublisher(adapter.isMultiValue() ? calls : calls.singleOrEmpty());
	}

	private static Mono<Caller> caller(LimitedInvocation limited, ContextView context) {
		return Flux.fromIterable(limited.surroundings().reactiveSources().get())
			.concatMap((source) -> source.of(context))
			.next()
			.switchIfEmpty(Mono.fromSupplier(limited::currentCaller));
	}

	private static Publisher<Object> proceed(LimitedInvocation limited, ReactiveAdapter adapter, Caller caller,
			Admission admission) {
		return Flux.<Object, Admission>usingWhen(Mono.just(admission), (given) -> {
			try {
				Object result = ((ProxyMethodInvocation) limited.invocation()).invocableClone().proceed();
				return adapter.toPublisher(result);
			}
			catch (Throwable ex) {
				return Flux.error(ex);
			}
		}, (given) -> end(limited, given, caller, true), (given, failure) -> end(limited, given, caller, false),
				(given) -> end(limited, given, caller, false));
	}

	private static Mono<Void> end(LimitedInvocation limited, Admission admission, Caller caller, boolean succeeded) {
		return Mono.fromRunnable(() -> limited.end(admission, caller, succeeded));
	}

}
