package io.redispatterns.write.behind;

import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * A change that was not acknowledged by its queue, so that its caller must not rely on
 * it. After a {@linkplain RedisFailureException.Kind#TIMEOUT timeout} it may have been
 * accepted all the same, or may be until {@code redis.resilience.command-timeout} from
 * its call is over: then also behind one of the same key that its caller sends at once.
 */
public final class WriteBehindException extends RuntimeException {

	private final String queue;

	private final boolean full;

	private WriteBehindException(String message, String queue, @Nullable RedisFailureException cause) {
		super(message, cause);
		this.queue = queue;
		this.full = cause == null;
	}

	static WriteBehindException full(String queue, int capacity) {
		return new WriteBehindException(
				"Queue '%s' was not given a change: it holds its capacity of %d, which are not flushed".formatted(queue,
						capacity),
				queue, null);
	}

	static WriteBehindException away(String queue, RedisFailureException cause) {
		return new WriteBehindException(
				"Queue '%s' has not acknowledged a change: %s".formatted(queue, cause.getMessage()), queue, cause);
	}

	/**
	 * Name of the queue.
	 * @return the name
	 */
	public String getQueue() {
		return this.queue;
	}

	/**
	 * Whether the queue had no room; otherwise Redis did not answer in time.
	 * @return whether the queue was full
	 */
	public boolean isFull() {
		return this.full;
	}

}
