package io.redispatterns.session.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.redispatterns.redis.Failures;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Waits for replies that end in time by themselves.
 */
public final class Replies {

	private Replies() {
	}

	/**
	 * Wait for a reply.
	 * @param <T> what it brings
	 * @param reply a future of this room
	 * @return what it has brought
	 * @throws RedisFailureException when Redis did not carry it out
	 */
	public static <T extends @Nullable Object> T await(CompletableFuture<T> reply) {
		try {
			return reply.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RedisFailureException(Kind.TIMEOUT, "Interrupted while waiting for a reply", ex);
		}
		catch (ExecutionException ex) {
			if (Failures.unwrap(ex) instanceof RuntimeException failure) {
				throw failure;
			}
			throw new IllegalStateException(Failures.unwrap(ex));
		}
	}

}
