package io.redispatterns.benchmarks;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SettingsTests {

	@AfterEach
	void clear() {
		System.clearProperty("benchmarks.only");
		System.clearProperty("benchmarks.contestants");
	}

	@Test
	void runsEverythingWithoutWords() {
		Settings settings = Settings.fromSystemProperties();
		assertThat(settings.works()).containsExactly(Work.values());
		assertThat(settings.contestants()).containsExactly(Contestant.values());
	}

	@Test
	void keepsTheFloorsOfTheChosen() {
		System.setProperty("benchmarks.contestants", "redisson-ttl");
		assertThat(Settings.fromSystemProperties().contestants()).containsExactly(Contestant.RAW_LETTUCE,
				Contestant.LETTUCE_AND_JACKSON, Contestant.REDISSON_TTL, Contestant.CAFFEINE,
				Contestant.SPRING_CAFFEINE);
	}

	@Test
	void refusesAWordItDoesNotKnow() {
		System.setProperty("benchmarks.only", "hit,miss");
		assertThatIllegalArgumentException().isThrownBy(Settings::fromSystemProperties)
			.withMessage("'benchmarks.only' must be of " + List.of(Work.values()).toString().toLowerCase(Locale.ROOT)
					+ " but was 'miss'");
	}

}
