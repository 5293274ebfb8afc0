package io.redispatterns.session;

import org.jspecify.annotations.Nullable;

/**
 * Tells the session of the request that is being handled on this thread.
 */
@FunctionalInterface
public interface CurrentSession {

	/**
	 * The handle of the session.
	 * @return the handle, {@code null} when there is no session or no request
	 */
	@Nullable String handle();

}
