package io.redispatterns.cache.transaction;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.transaction.reactive.TransactionContext;

/**
 * Passes signals on to a subscriber, each within the subscriber's transaction.
 *
 * @param <T> what is passed on
 */
public final class SubscriberTransaction<T> implements CoreSubscriber<T> {

	private final CoreSubscriber<? super T> actual;

	private final TransactionContext transaction;

	private SubscriberTransaction(CoreSubscriber<? super T> actual, TransactionContext transaction) {
		this.actual = actual;
		this.transaction = transaction;
	}

	/**
	 * Pass the signals of a publisher on, each within the transaction of its subscriber.
	 */
	public static <T> Publisher<T> around(Publisher<T> source) {
		Function<? super Publisher<T>, ? extends Publisher<T>> lift = Operators
			.liftPublisher((publisher, subscriber) -> around(subscriber));
		return lift.apply(source);
	}

	/**
	 * A subscriber to more than one publisher at once has a context of its own, but the
	 * thread that subscribes knows the transaction.
	 */
	private static <T> CoreSubscriber<? super T> around(CoreSubscriber<? super T> actual) {
		TransactionContext own = of(actual.currentContext());
		TransactionContext transaction = (own != null) ? own : ReactiveTransactions.context();
		return (transaction != null) ? new SubscriberTransaction<>(actual, transaction) : actual;
	}

	static @Nullable TransactionContext of(ContextView context) {
		return context.<@Nullable TransactionContext>getOrDefault(TransactionContext.class, null);
	}

	private void within(Runnable signal) {
		ReactiveTransactions.within(this.transaction, signal);
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		within(() -> this.actual.onSubscribe(subscription));
	}

	@Override
	public void onNext(T value) {
		within(() -> this.actual.onNext(value));
	}

	@Override
	public void onError(Throwable failure) {
		within(() -> this.actual.onError(failure));
	}

	@Override
	public void onComplete() {
		within(this.actual::onComplete);
	}

}
