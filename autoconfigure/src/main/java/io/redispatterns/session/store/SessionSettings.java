package io.redispatterns.session.store;

import java.time.Duration;
import java.util.function.Function;

import org.springframework.session.Session;

/**
 * What is set for all sessions.
 *
 * @param timeOuts how long a session lives, asked when it begins and at each login
 * @param touchInterval how long a session that is read is not written, as long as that is
 * at most half of its idle time
 * @param indexed whether the sessions of a user can be listed
 */
public record SessionSettings(Function<Session, TimeOuts> timeOuts, Duration touchInterval, boolean indexed) {

	/**
	 * How much later than a session its entry in the index ends: what the session may
	 * have lived on without being touched, and a minute for clocks that differ.
	 */
	private static final Duration SLACK = Duration.ofMinutes(1);

	long lateness() {
		return this.touchInterval.plus(SLACK).toMillis();
	}

}
