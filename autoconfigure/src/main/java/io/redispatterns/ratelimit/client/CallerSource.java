package io.redispatterns.ratelimit.client;

import org.jspecify.annotations.Nullable;

/**
 * Finds the request that a thread answers.
 */
@FunctionalInterface
public interface CallerSource {

	/**
	 * The sender of the request that the current thread answers.
	 * @return the caller, {@code null} when the thread answers none
	 */
	@Nullable Caller current();

}
