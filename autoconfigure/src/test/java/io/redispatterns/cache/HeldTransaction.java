package io.redispatterns.cache;

import java.util.List;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A transaction whose course a test decides on step by step. Not to go on is to crash.
 */
public final class HeldTransaction {

	private final List<TransactionSynchronization> synchronizations;

	private HeldTransaction(List<TransactionSynchronization> synchronizations) {
		this.synchronizations = synchronizations;
	}

	/**
	 * Do something within a transaction, and leave it.
	 */
	public static HeldTransaction of(Runnable work) {
		TransactionSynchronizationManager.initSynchronization();
		TransactionSynchronizationManager.setActualTransactionActive(true);
		try {
			work.run();
			List<TransactionSynchronization> all = TransactionSynchronizationManager.getSynchronizations();
			all.forEach(TransactionSynchronization::suspend);
			return new HeldTransaction(all);
		}
		finally {
			TransactionSynchronizationManager.clear();
		}
	}

	public HeldTransaction beforeCommit() {
		this.synchronizations.forEach((each) -> each.beforeCommit(false));
		return this;
	}

	public void afterCommit() {
		this.synchronizations.forEach(TransactionSynchronization::afterCommit);
		end(TransactionSynchronization.STATUS_COMMITTED);
	}

	public void end(int status) {
		this.synchronizations.forEach((each) -> each.afterCompletion(status));
	}

}
