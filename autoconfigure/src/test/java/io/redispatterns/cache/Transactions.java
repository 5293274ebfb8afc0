package io.redispatterns.cache;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;

/**
 * Transactions of nothing, with savepoints and a commit that can be watched.
 */
public final class Transactions extends AbstractPlatformTransactionManager {

	private final transient Runnable commit;

	public Transactions() {
		this(() -> {
		});
	}

	public Transactions(Runnable commit) {
		this.commit = commit;
	}

	@Override
	protected Object doGetTransaction() {
		return new SimpleTransactionStatus() {

			@Override
			public Object createSavepoint() {
				return new Object();
			}

			@Override
			public void rollbackToSavepoint(Object savepoint) {
			}

			@Override
			public void releaseSavepoint(Object savepoint) {
			}

		};
	}

	@Override
	protected Object doSuspend(Object transaction) {
		return transaction;
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		this.commit.run();
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
	}

}
