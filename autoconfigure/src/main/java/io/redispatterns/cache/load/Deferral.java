package io.redispatterns.cache.load;

import java.util.function.Consumer;

import io.redispatterns.redis.RedisFailureException;

import org.springframework.util.ClassUtils;

/**
 * When a write takes effect: at once, or after the commit of the transaction that it is
 * made in.
 */
public interface Deferral {

	/** Every write takes effect at once. */
	Deferral NONE = new Deferral() {

		@Override
		public boolean isActive() {
			return false;
		}

		@Override
		public void run(Runnable write, Consumer<RedisFailureException> unseen) {
			write.run();
		}

	};

	/**
	 * Whether a write that is made now takes effect later.
	 */
	boolean isActive();

	/**
	 * Make a write take effect whose failure nobody is told of.
	 * @param write the write
	 */
	default void run(Runnable write) {
		run(write, (ex) -> {
		});
	}

	/**
	 * Make a write take effect.
	 * @param write the write
	 * @param unseen told when Redis fails after the commit, where the caller of the
	 * transaction does not get an exception
	 */
	void run(Runnable write, Consumer<RedisFailureException> unseen);

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
