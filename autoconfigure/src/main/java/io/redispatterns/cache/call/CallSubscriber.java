package io.redispatterns.cache.call;

import java.util.function.Function;

import io.redispatterns.cache.call.CachedCall.Scope;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Passes signals on to a subscriber within a call.
 *
 * @param <T> what is passed on
 */
final class CallSubscriber<T> implements CoreSubscriber<T> {

	private final CoreSubscriber<? super T> actual;

	private final CachedCall call;

	private CallSubscriber(CoreSubscriber<? super T> actual, CachedCall call) {
		this.actual = actual;
		this.call = call;
	}

	static <T> Publisher<T> around(Publisher<T> source, CachedCall call) {
		Function<? super Publisher<T>, ? extends Publisher<T>> lift = Operators
			.liftPublisher((publisher, subscriber) -> new CallSubscriber<>(subscriber, call));
		return lift.apply(source);
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.actual.onSubscribe(subscription);
	}

	@Override
	public void onNext(T value) {
		try (Scope scope = this.call.enter()) {
			this.actual.onNext(value);
		}
	}

	@Override
	public void onError(Throwable failure) {
		try (Scope scope = this.call.enter()) {
			this.actual.onError(failure);
		}
	}

	@Override
	public void onComplete() {
		try (Scope scope = this.call.enter()) {
			this.actual.onComplete();
		}
	}

}
