package io.redispatterns.redis.key;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.springframework.data.domain.Sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KeyArgumentException}.
 */
class KeyArgumentExceptionTests {

	private final KeyEncoder encoder = new KeyEncoder(List.of());

	@Test
	void refusesTypeOfUnknownEquality() {
		for (Object argument : List.of(new Object(), new StringBuilder("a"), this.encoder, new SpecialSort())) {
			assertThatExceptionOfType(KeyArgumentException.class)
				.isThrownBy(() -> this.encoder.encode(List.of(argument)))
				.withMessage("cannot make a key from " + argument.getClass().getTypeName()
						+ ": nothing tells which of its parts make two of them equal;"
						+ " use a record, 'key = \"#argument.id\"' or a KeyArgumentResolver bean")
				.satisfies((ex) -> assertThat(ex.argumentType()).isEqualTo(argument.getClass()));
		}
	}

	@Test
	void refusesCycleAtOnce() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		list.add(list);
		Map<String, Object> map = new HashMap<>();
		map.put("a", new Object[] { Optional.of(map) });
		for (Object argument : List.of(list, map)) {
			assertThatExceptionOfType(KeyArgumentException.class).isThrownBy(() -> this.encoder.encode(argument))
				.withMessageContaining(": it contains itself; use ");
		}
	}

	@Test
	void refusesDeepNesting() {
		Object nested = "a";
		for (int i = 0; i < 64; i++) {
			nested = Collections.singletonList(nested);
		}
		assertThat(this.encoder.encode(nested)).startsWith('h');
		Object deeper = List.of(nested);
		assertThatExceptionOfType(KeyArgumentException.class).isThrownBy(() -> this.encoder.encode(deeper))
			.withMessageContaining(": it is nested deeper than 64 levels; use ");
	}

	private static final class SpecialSort extends Sort {

		private SpecialSort() {
			super(List.of());
		}

	}

}
