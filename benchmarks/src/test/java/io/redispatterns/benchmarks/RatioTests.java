package io.redispatterns.benchmarks;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RatioTests {

	@Test
	void comparesWithTheFloorOfTheSameRound() {
		double[] values = { 20, 300, 5 };
		double[] floors = { 10, 100, 4 };
		assertThat(Ratio.of(values, floors)).isEqualTo(new Ratio(2, 1.25, 3));
	}

	@Test
	void takesTheMiddleOfTwo() {
		assertThat(Ratio.of(4, 1, 2, 3).median()).isEqualTo(2.5);
	}

	@Test
	void saysWhatLiesAround() {
		assertThat(Ratio.of(1, 1.254, 123)).hasToString("1.25 (1.00-123)");
		assertThat(Ratio.of(1)).hasToString("1.00");
	}

	@Test
	void refusesNothing() {
		assertThatIllegalArgumentException().isThrownBy(Ratio::of).withMessage("'values' must not be empty");
	}

}
