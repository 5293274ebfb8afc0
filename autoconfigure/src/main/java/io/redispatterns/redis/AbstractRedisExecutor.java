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

	private final Duration connectTimeout;

	AbstractRedisExecutor(Availability availability, ResilienceProperties properties) {
		this.availability = availability;
		this.commandTimeout = properties.commandTimeout();
		this.connectTimeout = properties.connectTimeout();
	}

	@Override
	public final <T extends @Nullable Object> T await(CompletableFuture<T> reply) {
		try {
			if (!reply.isDone() && wouldWaitForItself()) {
				throw new RedisFailureException(Kind.AWAY, "The client's event loop cannot wait for its own reply",
						null);
			}
			T result = reply.get(limit().toNanos(), TimeUnit.NANOSECONDS);
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
				: reply.orTimeout(limit().toNanos(), TimeUnit.NANOSECONDS);
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
	abstract boolean wouldWaitForItself();

	/**
	 * Whether a connection is still to be made before a command can be sent.
	 */
	abstract boolean isConnecting();

	/**
	 * Whether the server itself answered, with an error.
	 */
	abstract boolean isErrorReply(Throwable ex);

	private Duration limit() {
		return isConnecting() ? this.commandTimeout.plus(this.connectTimeout) : this.commandTimeout;
	}

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
			return new RedisFailureException(Kind.TIMEOUT, "No reply within " + limit().toMillis() + " ms", null);
		}
		if (isErrorReply(ex)) {
			return new RedisFailureException(Kind.REFUSED, "The server refused a command: " + errorCode(ex), ex);
		}
		return new RedisFailureException(Kind.AWAY, "No connection to the server: " + ex.getClass().getSimpleName(),
				ex);
	}

	/**
	 * First word of an error reply. The rest may quote keys and arguments.
	 */
	private static String errorCode(Throwable ex) {
		String message = String.valueOf(ex.getMessage());
		int end = message.indexOf(' ');
		return (end > 0) ? message.substring(0, end) : message;
	}

}
