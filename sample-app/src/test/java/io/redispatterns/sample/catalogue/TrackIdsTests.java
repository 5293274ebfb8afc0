package io.redispatterns.sample.catalogue;

import java.util.Collections;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TrackIds}.
 */
class TrackIdsTests {

	@Test
	void keepsTheOrderAndEachIdOnce() {
		assertThat(TrackIds.parse("3, 1,3,2").values()).containsExactly(3, 1, 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",", "1,", "1,,2", "a", "1;2", "0", "-1", "1.5", "99999999999" })
	void refusesWhatIsNotAPositiveNumber(String ids) {
		assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> TrackIds.parse(ids))
			.satisfies((ex) -> assertThat(ex.getBody().getDetail()).startsWith("'ids' must be positive numbers"));
	}

	@Test
	void refusesMoreThanItsMaximum() {
		assertThat(TrackIds.parse(ids(500)).values()).hasSize(1);
		assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> TrackIds.parse(ids(501)))
			.satisfies((ex) -> assertThat(ex.getBody().getDetail())
				.isEqualTo("'ids' must name at most 500 tracks but names 501"));
	}

	private String ids(int count) {
		return String.join(",", Collections.nCopies(count, "7"));
	}

}
