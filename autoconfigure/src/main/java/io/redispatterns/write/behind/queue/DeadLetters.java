package io.redispatterns.write.behind.queue;

import java.util.Set;

/**
 * Changes that could not be written by their own fault, and were put aside. Each call
 * takes one round trip, and fails with a
 * {@link io.redispatterns.redis.RedisFailureException} when Redis does not answer.
 */
public interface DeadLetters {

	/**
	 * The queues that methods of this application name; asks nobody.
	 * @return names of queues
	 */
	Set<String> queues();

	/**
	 * How many changes of a queue were put aside.
	 * @param queue name of the queue
	 * @return the number
	 */
	long count(String queue);

	/**
	 * Let changes that were put aside wait to be written again, the oldest first, behind
	 * all that waits. Each keeps its number ({@code WriteBatch.Change#sequence()}), as
	 * its row may have been changed since; one whose row has a newer change that waits is
	 * dropped.
	 * @param queue name of the queue
	 * @param most how many at most
	 * @return how many wait again; less than there are when the queue is full
	 */
	long requeue(String queue, int most);

}
