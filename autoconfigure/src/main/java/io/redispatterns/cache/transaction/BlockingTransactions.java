package io.redispatterns.cache.transaction;

import io.redispatterns.cache.fence.OpenTransaction;
import io.redispatterns.cache.fence.TransactionTraits;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions that are bound to threads.
 */
final class BlockingTransactions extends CacheTransactions {

	private final Beginning beginning;

	BlockingTransactions(Beginning beginning) {
		this.beginning = beginning;
	}

	@Override
	@Nullable OpenTransaction current() {
		return (OpenTransaction) TransactionSynchronizationManager.getResource(this);
	}

	@Override
	public @Nullable OpenTransaction open() {
		if (!TransactionSynchronizationManager.isSynchronizationActive()
				|| !TransactionSynchronizationManager.isActualTransactionActive()) {
			return null;
		}
		OpenTransaction current = current();
		if (current != null) {
			return current;
		}
		TransactionTraits traits = TransactionTraits.of(true,
				TransactionSynchronizationManager.isCurrentTransactionReadOnly(),
				TransactionSynchronizationManager.getCurrentTransactionIsolationLevel());
		if (!traits.writes() && traits.current()) {
			return null;
		}
		OpenTransaction begun = this.beginning.begin(traits);
		TransactionSynchronizationManager.registerSynchronization(new Course(begun));
		TransactionSynchronizationManager.bindResource(this, begun);
		return begun;
	}

	/**
	 * Ties what is to be done to the course of a transaction, after all others before the
	 * commit. A transaction of which nobody knows how it ended leaves its fences, which
	 * end by themselves.
	 */
	private final class Course implements TransactionSynchronization {

		private final OpenTransaction transaction;

		Course(OpenTransaction transaction) {
			this.transaction = transaction;
		}

		@Override
		public void suspend() {
			TransactionSynchronizationManager.unbindResourceIfPossible(BlockingTransactions.this);
		}

		@Override
		public void resume() {
			TransactionSynchronizationManager.bindResource(BlockingTransactions.this, this.transaction);
		}

		@Override
		public void savepoint(Object savepoint) {
			this.transaction.savepoint(savepoint);
		}

		@Override
		public void savepointRollback(Object savepoint) {
			this.transaction.rollBackTo(savepoint);
		}

		@Override
		public void beforeCommit(boolean readOnly) {
			this.transaction.fence().run();
		}

		@Override
		public void afterCommit() {
			if (!this.transaction.isOpen()) {
				return;
			}
			if (this.transaction.isAwaited()) {
				this.transaction.commit().run();
				this.transaction.fill();
			}
			else {
				this.transaction.commit().runLater();
			}
		}

		@Override
		public void afterCompletion(int status) {
			try {
				if (status == STATUS_COMMITTED) {
					afterCommit();
				}
				else if (status == STATUS_ROLLED_BACK) {
					this.transaction.rollBack().run();
				}
			}
			finally {
				this.transaction.end();
				TransactionSynchronizationManager.unbindResourceIfPossible(BlockingTransactions.this);
			}
		}

	}

}
