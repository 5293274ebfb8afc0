package io.redispatterns.embedded;

import org.jspecify.annotations.Nullable;

/**
 * A Redis server for development that could not be started or joined, and what to do.
 */
public final class EmbeddedRedisException extends RuntimeException {

	private static final String WAYS_OUT = "configure the Redis to use with spring.data.redis.*, or remove the embedded-redis library";

	private final String action;

	EmbeddedRedisException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = "%s; or %s.".formatted(action, WAYS_OUT);
	}

	/**
	 * Return what the user can do about it.
	 * @return sentences
	 */
	public String getAction() {
		return this.action;
	}

}
