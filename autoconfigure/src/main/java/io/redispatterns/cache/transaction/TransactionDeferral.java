package io.redispatterns.cache.transaction;

import io.redispatterns.cache.fence.OpenTransaction;
import io.redispatterns.cache.load.Deferral;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a transaction that can change data has loaded until it has committed.
 */
final class TransactionDeferral implements Deferral {

	private final CacheTransactions transactions;

	TransactionDeferral(CacheTransactions transactions) {
		this.transactions = transactions;
	}

	@Override
	public boolean isActive() {
		return writing() != null;
	}

	@Override
	public void run(Runnable fill) {
		OpenTransaction transaction = writing();
		if (transaction == null || !transaction.defer(fill)) {
			fill.run();
		}
	}

	private @Nullable OpenTransaction writing() {
		OpenTransaction transaction = this.transactions.open();
		return (transaction != null && transaction.traits().writes() && transaction.isOpen()) ? transaction : null;
	}

}
