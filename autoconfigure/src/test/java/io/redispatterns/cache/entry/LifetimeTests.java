package io.redispatterns.cache.entry;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

import io.redispatterns.cache.entry.Lifetime.Staleness;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lifetime}.
 */
class LifetimeTests {

	private static final Staleness NEVER_STALE = new Staleness(Duration.ZERO, Duration.ZERO, 0);

	private static final byte[] VALUE = {};

	private static final RandomGenerator LEAST = () -> 0L;

	private static final RandomGenerator MOST = () -> -1L;

	@Test
	void isTheWholeTimeAtMost() {
		assertThat(lifetime(0.5, LEAST).millis(VALUE)).isEqualTo(10_000);
		assertThat(lifetime(0, MOST).millis(VALUE)).isEqualTo(10_000);
	}

	@Test
	void isShorterByTheJitterAtMost() {
		assertThat(lifetime(0.5, MOST).millis(VALUE)).isEqualTo(5_000);
		Lifetime random = lifetime(0.1, new Random(42));
		assertThat(LongStream.range(0, 1000).map((i) -> random.millis(VALUE)).distinct().count()).isGreaterThan(500);
		assertThat(LongStream.range(0, 1000).map((i) -> random.millis(VALUE)).boxed())
			.allMatch((millis) -> millis >= 9_000 && millis <= 10_000);
	}

	@Test
	void isAnotherForNull() {
		assertThat(lifetime(0, LEAST).millis(null)).isEqualTo(1_000);
	}

	@Test
	void isNeverZero() {
		assertThat(lifetime(1, MOST).millis(VALUE)).isPositive();
		assertThat(new Lifetime(Duration.ofNanos(1), Duration.ofNanos(1), 0, NEVER_STALE, LEAST, false).millis(VALUE))
			.isEqualTo(1);
	}

	@Test
	void outlivesEveryEntryForATag() {
		assertThat(lifetime(0.1, LEAST).tagMillis()).isEqualTo(20_000);
		assertThat(
				new Lifetime(Duration.ofSeconds(1), Duration.ofSeconds(10), 0, NEVER_STALE, LEAST, false).tagMillis())
			.isEqualTo(20_000);
		assertThat(new Lifetime(Duration.ofNanos(1), Duration.ofNanos(1), 0, NEVER_STALE, LEAST, false).tagMillis())
			.isPositive();
	}

	private static Lifetime lifetime(double jitter, RandomGenerator random) {
		return new Lifetime(Duration.ofSeconds(10), Duration.ofSeconds(1), jitter, NEVER_STALE, random, false);
	}

}
