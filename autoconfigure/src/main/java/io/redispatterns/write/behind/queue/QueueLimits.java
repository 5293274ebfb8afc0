package io.redispatterns.write.behind.queue;

import java.time.Duration;

/**
 * The limits of a queue.
 *
 * @param batchSize most changes of a batch
 * @param coalesce whether a change replaces one of its key that is not claimed
 * @param capacity most changes that wait
 * @param maxAttempts failures of a single change after which it is dead
 * @param lease for how long a batch is held without a sign of life of its owner
 */
public record QueueLimits(int batchSize, boolean coalesce, int capacity, int maxAttempts, Duration lease) {

}
