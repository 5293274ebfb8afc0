package io.redispatterns.sample.catalogue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SearchTerm} and {@link SearchText}.
 */
class SearchTermTests {

	@Test
	void foldsCaseAccentsAndGaps() {
		assertThat(SearchTerm.of("  Antônio \t CARLOS\u00a0Jobim ").text()).isEqualTo("antonio carlos jobim");
		assertThat(SearchTerm.of("İstanbul").text()).isEqualTo("istanbul");
	}

	@Test
	void hasAPatternForEachWordOnce() {
		assertThat(SearchTerm.of("rock you rock").wordPatterns()).containsExactly("%rock%", "%you%");
	}

	@Test
	void escapesWhatLikeWouldReadAsAPattern() {
		SearchTerm term = SearchTerm.of("100%_wow!");
		assertThat(term.wordPatterns()).containsExactly("%100!%!_wow!!%");
		assertThat(term.prefixPattern()).isEqualTo("100!%!_wow!!%");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "\u0000", "\u0301" })
	void refusesATermWithoutText(String q) {
		assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> SearchTerm.of(q))
			.satisfies((ex) -> assertThat(ex.getBody().getDetail()).isEqualTo("'q' must not be empty"));
	}

	@Test
	void refusesATermThatIsTooLong() {
		assertThat(SearchTerm.of("x".repeat(100)).text()).hasSize(100);
		assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> SearchTerm.of("x".repeat(101)))
			.satisfies((ex) -> assertThat(ex.getBody().getDetail())
				.isEqualTo("'q' must have at most 100 characters but has 101"));
	}

}
