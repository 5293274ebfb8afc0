package io.redispatterns.session.store;

import java.time.Duration;

/**
 * How long a session lives.
 *
 * @param idle from its last use on
 * @param absolute from its begin or the last login on, zero for any length
 */
public record TimeOuts(Duration idle, Duration absolute) {

	/**
	 * The end of a session that begins now.
	 * @param now milliseconds since the epoch
	 * @return milliseconds since the epoch, 0 for none
	 */
	long end(long now) {
		return this.absolute.isZero() ? 0 : now + this.absolute.toMillis();
	}

}
