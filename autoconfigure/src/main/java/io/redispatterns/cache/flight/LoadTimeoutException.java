package io.redispatterns.cache.flight;

import java.time.Duration;

/**
 * A load took longer than {@code load-timeout.hard} of its cache. It goes on, and its
 * value is stored.
 */
public final class LoadTimeoutException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public LoadTimeoutException(Duration limit) {
		super("A load took longer than 'load-timeout.hard', %d ms: it goes on, and its value will be cached"
			.formatted(limit.toMillis()));
	}

}
