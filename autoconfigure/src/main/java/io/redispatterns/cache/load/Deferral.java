package io.redispatterns.cache.load;

import org.springframework.util.ClassUtils;

/**
 * When a write takes effect: at once, or after the commit of the transaction that it is
 * made in.
 */
public interface Deferral {

	/**
	 * Every write takes effect at once.
	 */
	Deferral NONE = new Deferral() {

		@Override
		public boolean isActive() {
			return false;
		}

		@Override
		public void run(Runnable write) {
			write.run();
		}

	};

	/**
	 * Whether a write that is made now takes effect later.
	 */
	boolean isActive();

	/**
	 * Make a write take effect. When Redis fails after the commit, the caller of the
	 * transaction does not get an exception: the write is lost and counted.
	 */
	void run(Runnable write);

	/**
	 * When the writes of a cache take effect.
	 * @param afterCommit whether writes of a transaction wait for its commit
	 * @return the deferral, {@link #NONE} where there are no transactions
	 */
	static Deferral of(boolean afterCommit) {
		boolean transactions = ClassUtils.isPresent(
				"org.springframework.transaction.support.TransactionSynchronizationManager",
				Deferral.class.getClassLoader());
		return (transactions && afterCommit) ? new AfterCommit() : NONE;
	}

}
