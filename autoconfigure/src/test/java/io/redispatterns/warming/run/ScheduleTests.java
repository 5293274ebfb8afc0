package io.redispatterns.warming.run;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.scheduling.support.CronExpression;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Schedule}.
 */
class ScheduleTests {

	private static final long NOON = Instant.parse("2026-02-01T12:00:00Z").toEpochMilli();

	@Test
	void isDueAnIntervalAfterTheLast() {
		assertThat(schedule(Duration.ofMinutes(5), null).next(NOON)).isEqualTo(NOON + 300_000);
	}

	@Test
	void isDueAtTheTimesOfACronExpressionInItsZone() {
		long next = schedule(null, "0 30 13 * * *").next(NOON);
		assertThat(Instant.ofEpochMilli(next)).isEqualTo("2026-02-01T12:30:00Z");
		assertThat(Instant.ofEpochMilli(schedule(null, "0 30 13 * * *").next(next))).isEqualTo("2026-02-02T12:30:00Z");
	}

	@Test
	void isNeverDueWhenNothingIsSaid() {
		assertThat(schedule(null, null).next(NOON)).isEqualTo(Schedule.NEVER);
		assertThat(schedule(null, "0 0 0 31 2 *").next(NOON)).isEqualTo(Schedule.NEVER);
	}

	@Test
	void isFreshAsLongAsSaid() {
		Schedule schedule = new Schedule(Duration.ofSeconds(10), null, null, ZoneId.of("UTC"));
		assertThat(schedule.isFresh(0, NOON)).isFalse();
		assertThat(schedule.isFresh(NOON - 10_001, NOON)).isFalse();
		assertThat(schedule.isFresh(NOON - 10_000, NOON)).isTrue();
		assertThat(schedule.isFresh(NOON + 1, NOON)).isTrue();
	}

	@Test
	void isFreshWhereNothingIsDoneOnStart() {
		assertThat(schedule(null, null).isFresh(0, NOON)).isTrue();
	}

	private static Schedule schedule(@Nullable Duration interval, @Nullable String cron) {
		return new Schedule(null, interval, (cron != null) ? CronExpression.parse(cron) : null,
				ZoneId.of("Europe/Berlin"));
	}

}
