package io.redispatterns.redis;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Whether the server answers, and since when it does not.
 */
public interface Availability {

	/**
	 * The outage that is going on.
	 * @return the outage, {@code null} while the server answers
	 */
	@Nullable Outage outage();

	/**
	 * How long the outage has lasted so far.
	 * @return the duration, {@code null} while the server answers
	 */
	@Nullable Duration length();

	/**
	 * A time without answers.
	 *
	 * @param since when the first command failed
	 * @param reason how it failed, free of keys and values
	 */
	record Outage(Instant since, String reason) {

	}

}
