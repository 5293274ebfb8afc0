package io.redispatterns.warming.run;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.support.CronExpression;

/**
 * When a cache is warmed, in milliseconds on the server's clock.
 *
 * @param start how long a warm-up counts for a node that starts, {@code null} where none
 * is made on start
 * @param interval time between two warm-ups, {@code null} for none
 * @param cron when, {@code null} for never
 * @param zone time zone of the expression
 */
public record Schedule(@Nullable Duration start, @Nullable Duration interval, @Nullable CronExpression cron,
		ZoneId zone) {

	static final long NEVER = Long.MAX_VALUE;

	boolean onStart() {
		return this.start != null;
	}

	/**
	 * Whether a node that starts finds the cache warm.
	 * @param last when the last warm-up began, 0 for never
	 * @param begun when the node began
	 */
	boolean isFresh(long last, long begun) {
		return this.start == null || (last > 0 && last >= begun - this.start.toMillis());
	}

	/**
	 * The next warm-up.
	 * @param since when the last one began, or the node if that was later
	 * @return when the next is due, {@link #NEVER} if none is
	 */
	long next(long since) {
		if (this.interval != null) {
			return since + this.interval.toMillis();
		}
		ZonedDateTime next = (this.cron != null) ? this.cron.next(Instant.ofEpochMilli(since).atZone(this.zone)) : null;
		return (next != null) ? next.toInstant().toEpochMilli() : NEVER;
	}

}
