package io.redispatterns.test.proxy;

import java.time.Duration;

import io.redispatterns.test.proxy.FaultProxy.Direction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

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
	void forgetsEverythingOnClear() {
		this.faults.latency(Duration.ofMillis(1), Duration.ZERO);
		this.faults.swallow(Direction.TO_CLIENT);
		this.faults.clear();
		assertThat(this.faults.delay(Direction.TO_CLIENT)).isZero();
		assertThat(this.faults.swallows(Direction.TO_CLIENT)).isFalse();
	}

}
