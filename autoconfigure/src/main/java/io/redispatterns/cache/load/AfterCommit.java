package io.redispatterns.cache.load;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

import io.redispatterns.redis.RedisFailureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Waits for the commit of a transaction that can change data.
 */
final class AfterCommit implements Deferral {

	@Override
	public boolean isActive() {
		return TransactionSynchronizationManager.isSynchronizationActive()
				&& TransactionSynchronizationManager.isActualTransactionActive()
				&& !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
	}

	@Override
	public void run(Runnable write, Consumer<RedisFailureException> unseen) {
		if (!isActive()) {
			write.run();
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new Commit(write, unseen));
	}

	/**
	 * Runs a write once the transaction has committed, unless the part of it in which the
	 * write was made was rolled back to a savepoint. A write that is made while others
	 * are told of the commit registers too late for that, and is run at the completion.
	 */
	private static final class Commit implements TransactionSynchronization {

		private static final Logger logger = LoggerFactory.getLogger(Deferral.class);

		private final Runnable write;

		private final Consumer<RedisFailureException> unseen;

		private final Set<Object> laterSavepoints = new HashSet<>();

		private boolean done;

		Commit(Runnable write, Consumer<RedisFailureException> unseen) {
			this.write = write;
			this.unseen = unseen;
		}

		@Override
		public void savepoint(Object savepoint) {
			this.laterSavepoints.add(savepoint);
		}

		@Override
		public void savepointRollback(Object savepoint) {
			this.done |= !this.laterSavepoints.contains(savepoint);
		}

		@Override
		public void afterCommit() {
			if (this.done) {
				return;
			}
			this.done = true;
			try {
				this.write.run();
			}
			catch (RedisFailureException ex) {
				logger.debug("A cache was not told of a commit", ex);
				this.unseen.accept(ex);
			}
		}

		@Override
		public void afterCompletion(int status) {
			if (status == STATUS_COMMITTED) {
				afterCommit();
			}
		}

	}

}
