package io.redispatterns.session.store;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The times of a session, in milliseconds on the server's clock.
 *
 * @param created when it began
 * @param idle how long it lives from its last use on
 * @param end when it ends in any case, 0 for never
 */
record SessionLife(long created, long idle, long end) {

	/**
	 * A session that may be idle for ever ends after this time all the same.
	 */
	private static final Duration LONGEST = Duration.ofDays(400);

	private static final Pattern FORM = Pattern.compile("1 (\\d{1,15}) (\\d{1,15}) (\\d{1,15})");

	static @Nullable SessionLife parse(String text) {
		Matcher matcher = FORM.matcher(text);
		return matcher.matches() ? new SessionLife(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)),
				Long.parseLong(matcher.group(3))) : null;
	}

	SessionLife withIdle(Duration idle) {
		boolean forEver = idle.isNegative() || idle.isZero();
		return new SessionLife(this.created, (forEver ? LONGEST : idle).toMillis(), this.end);
	}

	/**
	 * As of a login, from which on the time is counted.
	 */
	SessionLife renewed(long now, TimeOuts timeOuts) {
		return new SessionLife(this.created, timeOuts.idle().toMillis(), timeOuts.end(now));
	}

	@Override
	public String toString() {
		return "1 %d %d %d".formatted(this.created, this.idle, this.end);
	}

}
