package io.redispatterns.redis;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The bounded wait for a reply, and the translation of what a client throws.
 */
abstract class AbstractRedisExecutor implements RedisExecutor {

	private final Availability availability;

	private final Duration commandTimeout;

	AbstractRedisExecutor(Availability availability, Duration commandTimeout) {
		this.availability = availability;
		this.commandTimeout = commandTimeout;
	}

	@Override
	public final <T extends @Nullable Object> T await(CompletableFuture<T> reply) {
		if (!reply.isDone() && wouldWaitForItself()) {
			throw new RedisFailureException(Kind.TIMEOUT, "The client's event loop cannot wait for its own reply",
					null);
		}
		try {
			T result = reply.get(this.commandTimeout.toNanos(), TimeUnit.NANOSECONDS);
			this.availability.answered();
			return result;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RedisFailureException(Kind.TIMEOUT, "Interrupted while waiting for a reply", ex);
		}
		catch (TimeoutException ex) {
			reply.cancel(true);
			throw failed(ex);
		}
		catch (ExecutionException | CancellationException ex) {
			throw failed(ex);
		}
	}

	@Override
	public final <T extends @Nullable Object> CompletableFuture<T> bounded(CompletableFuture<T> reply) {
		CompletableFuture<T> bounded = (reply.isDone()) ? reply
				: reply.orTimeout(this.commandTimeout.toNanos(), TimeUnit.NANOSECONDS);
		return bounded.handle((result, ex) -> {
			if (ex != null) {
				throw failed(ex);
			}
			this.availability.answered();
			return result;
		});
	}

	@Override
	public final Availability availability() {
		return this.availability;
	}

	/**
	 * Whether the reply can only come on the current thread.
	 */
	boolean wouldWaitForItself() {
		return false;
	}

	/**
	 * Whether the server itself answered, with an error.
	 */
	abstract boolean isErrorReply(Throwable ex);

	private RedisFailureException failed(Throwable thrown) {
		RedisFailureException failure = translate(thrown);
		this.availability.failed(failure);
		return failure;
	}

	private RedisFailureException translate(Throwable thrown) {
		Throwable ex = thrown;
		while ((ex instanceof ExecutionException || ex instanceof CompletionException) && ex.getCause() != null) {
			ex = ex.getCause();
		}
		if (ex instanceof RedisFailureException failure) {
			return failure;
		}
		if (ex instanceof TimeoutException) {
			return new RedisFailureException(Kind.TIMEOUT, "No reply within " + this.commandTimeout.toMillis() + " ms",
					null);
		}
		return isErrorReply(ex)
				? RedisFailureException.of(Kind.REFUSED, "The server refused a command", ex, this::isErrorReply)
				: RedisFailureException.of(Kind.TIMEOUT, "The connection was lost before the reply", ex,
						this::isErrorReply);
	}

}
