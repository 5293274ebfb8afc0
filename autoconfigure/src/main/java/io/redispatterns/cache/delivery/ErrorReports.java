package io.redispatterns.cache.delivery;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cache.interceptor.CacheErrorHandler;

/**
 * Tells the {@link CacheErrorHandler} of the application, where it has one, of failures
 * that no caller gets as an exception: after a commit, and on threads that do not wait.
 * What the handler throws is for nobody.
 */
public final class ErrorReports {

	private static final Logger logger = LoggerFactory.getLogger(ErrorReports.class);

	private final Supplier<@Nullable CacheErrorHandler> handler;

	/**
	 * Create the reports.
	 * @param handler the handler of the application, {@code null} when it has none
	 */
	public ErrorReports(Supplier<@Nullable CacheErrorHandler> handler) {
		this.handler = handler;
	}

	/**
	 * Throw a failure to a caller, behind whom the handler of the application gets it.
	 * @param failure the failure
	 * @throws RedisFailureException when there is such a handler
	 */
	public void raise(RedisFailureException failure) {
		if (this.handler.get() != null) {
			throw failure;
		}
	}

	/**
	 * Make a report of a kind.
	 * @param report how to tell the handler
	 * @return tells it of a failure
	 */
	public Consumer<RedisFailureException> of(BiConsumer<CacheErrorHandler, RedisFailureException> report) {
		return (failure) -> {
			CacheErrorHandler told = this.handler.get();
			if (told == null) {
				return;
			}
			try {
				report.accept(told, failure);
			}
			catch (RuntimeException ex) {
				logger.debug("The error handler threw for a failure that no caller sees", ex);
			}
		};
	}

}
