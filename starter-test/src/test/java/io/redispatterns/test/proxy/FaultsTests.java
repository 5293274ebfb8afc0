package io.redispatterns.test.proxy;

import java.time.Duration;
import java.util.stream.LongStream;

import io.redispatterns.test.proxy.FaultProxy.Direction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FaultsTests {

	private final Faults faults = new Faults();

	@Test
	void delaysNothingByDefault() {
		assertThat(this.faults.delay(Direction.TO_CLIENT)).isZero();
	}

	@RepeatedTest(10)
	void delaysRepliesWithinJitter() {
		this.faults.latency(Duration.ofNanos(10), Duration.ofNanos(2));
		assertThat(this.faults.delay(Direction.TO_CLIENT)).isBetween(8L, 12L);
		assertThat(this.faults.delay(Direction.TO_SERVER)).isZero();
	}

	@Test
	void refusesJitterThatIsLongerThanLatency() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.faults.latency(Duration.ofMillis(1), Duration.ofMillis(2)))
			.withMessage("'jitter' must not be longer than the latency of PT0.001S but was PT0.002S");
	}

	@Test
	void holdsUpWhatIsLostByTimeoutsThatDouble() {
		this.faults.loss(0.3, 42);
		for (Direction direction : Direction.values()) {
			assertThat(LongStream.range(0, 1_000).map((i) -> Duration.ofNanos(this.faults.delay(direction)).toMillis()))
				.contains(0L, 200L, 600L, 1_400L)
				.allMatch((delay) -> Long.bitCount(delay / 200 + 1) == 1)
				.filteredOn((delay) -> delay > 0)
				.hasSizeBetween(200, 400);
		}
	}

	@Test
	void losesTheSameWithTheSameSeed() {
		this.faults.loss(0.5, 42);
		long[] first = LongStream.range(0, 100).map((i) -> this.faults.delay(Direction.TO_CLIENT)).toArray();
		this.faults.loss(0.5, 42);
		assertThat(LongStream.range(0, 100).map((i) -> this.faults.delay(Direction.TO_CLIENT)).toArray())
			.isEqualTo(first);
	}

	@ParameterizedTest
	@ValueSource(doubles = { -0.1, 1, Double.NaN })
	void refusesProbabilityThatIsNone(double probability) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.faults.loss(probability, 0))
			.withMessage("'probability' must be at least zero and below one but was " + probability);
	}

	@Test
	void forgetsEverythingOnClear() {
		this.faults.latency(Duration.ofMillis(1), Duration.ZERO);
		this.faults.swallow(Direction.TO_CLIENT);
		this.faults.loss(0.99, 0);
		this.faults.clear();
		assertThat(this.faults.delay(Direction.TO_CLIENT)).isZero();
		assertThat(this.faults.swallows(Direction.TO_CLIENT)).isFalse();
	}

}
