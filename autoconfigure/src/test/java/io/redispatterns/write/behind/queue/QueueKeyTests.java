package io.redispatterns.write.behind.queue;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QueueKeyTests {

	static List<Object> keys() {
		return List.of("", "i42", "größe", 42, -1, 42L, Long.MIN_VALUE, new UUID(1, 2));
	}

	@ParameterizedTest
	@MethodSource("keys")
	void comesBackAsItWas(Object key) {
		assertThat(QueueKey.isPossible(key)).isTrue();
		assertThat(QueueKey.read(QueueKey.write(key))).isEqualTo(key);
	}

	@Test
	void tellsTypesApart() {
		assertThat(keys().stream().map(QueueKey::write)).doesNotHaveDuplicates();
	}

	@Test
	void refusesWhatCouldNotBeRestored() {
		assertThat(QueueKey.isPossible(null)).isFalse();
		assertThat(QueueKey.isPossible(List.of(1))).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> QueueKey.write(1.5))
			.withMessage(
					"The key of a change must be a String, Integer, Long or UUID but was of type java.lang.Double: "
							+ "make a text of what identifies the row");
	}

}
