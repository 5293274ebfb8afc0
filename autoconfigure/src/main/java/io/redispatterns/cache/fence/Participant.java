package io.redispatterns.cache.fence;

import java.util.function.Consumer;

import io.redispatterns.cache.delivery.Pipeline;
import io.redispatterns.cache.fence.Participant.Noted;

/**
 * What takes part in transactions, as a cache does: it notes what one makes of it, and
 * has a share in its commit.
 *
 * @param <C> what it notes
 */
public interface Participant<C extends Noted<C>> {

	/**
	 * Begin to note.
	 * @return what a transaction has made of it that has made nothing yet
	 */
	C nothing();

	/**
	 * Add what is to be done before the commit.
	 * @param transaction who the transaction is
	 * @param changes what it has made of this
	 * @param pipeline where to add it
	 * @param refused told of what makes the commit fail
	 */
	void fence(byte[] transaction, C changes, Pipeline pipeline, Consumer<FenceFailureException> refused);

	/**
	 * Add what is to be done after the commit.
	 * @param transaction who the transaction is
	 * @param changes what it has made of this
	 * @param pipeline where to add it
	 * @param fenced whether there was something done before the commit
	 */
	void release(byte[] transaction, C changes, Pipeline pipeline, boolean fenced);

	/**
	 * Add what is to be done after a rollback.
	 * @param transaction who the transaction is
	 * @param changes what it has made of this
	 * @param pipeline where to add it
	 */
	void rollBack(byte[] transaction, C changes, Pipeline pipeline);

	/**
	 * What a transaction has made of a participant.
	 *
	 * @param <C> its own type
	 */
	interface Noted<C> {

		/**
		 * What a savepoint remembers.
		 * @return a copy that does not change
		 */
		C copy();

	}

}
