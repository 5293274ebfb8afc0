package io.redispatterns.cache;

import io.redispatterns.cache.transaction.SubscriberTransaction;
import org.reactivestreams.Publisher;

import org.springframework.util.ClassUtils;

/**
 * The transactions of those who subscribe to a publisher.
 */
public final class SubscriberTransactions {

	private static final boolean PRESENT = ClassUtils.isPresent(
			"org.springframework.transaction.reactive.TransactionContext",
			SubscriberTransactions.class.getClassLoader());

	private SubscriberTransactions() {
	}

	/**
	 * Pass the signals of a publisher on so that what is written to a cache meanwhile is
	 * written in the transaction of the subscriber.
	 * @param <T> what is passed on
	 * @param source the publisher
	 * @return the publisher to pass on
	 */
	public static <T> Publisher<T> around(Publisher<T> source) {
		return PRESENT ? SubscriberTransaction.around(source) : source;
	}

}
