package io.redispatterns.redis.key;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KeyArgumentResolver}.
 */
class KeyArgumentResolverTests {

	@Test
	void refusesResolverThatAnswersWithItsArgument() {
		KeyEncoder same = new KeyEncoder(List.of((argument) -> argument));
		KeyEncoder fresh = new KeyEncoder(List.of((argument) -> new Money("a")));
		for (KeyEncoder encoder : List.of(same, fresh)) {
			assertThatExceptionOfType(KeyArgumentException.class).isThrownBy(() -> encode(encoder, new Money("a")));
		}
	}

	@Test
	void asksResolversInOrderForOwnTypes() {
		KeyEncoder encoder = new KeyEncoder(
				List.of((argument) -> null, (argument) -> (argument instanceof Money own) ? own.amount : null,
						(argument) -> (argument instanceof Point point) ? point.x() : "never"));
		assertThat(encode(encoder, new Money("a"))).isEqualTo("resolved:" + Money.class.getName() + "(sa)");
		assertThat(encode(encoder, new Point(1, 2))).isEqualTo("resolved:" + Point.class.getName() + "(i1)");
		assertThat(encode(encoder, List.of("a", 1))).isEqualTo("list(sa,i1)");
	}

	private static String encode(KeyEncoder encoder, Object argument) {
		return new String(encoder.encode(argument), StandardCharsets.UTF_8);
	}

	private record Point(int x, int y) {

	}

	private static final class Money {

		private final String amount;

		private Money(String amount) {
			this.amount = amount;
		}

	}

}
