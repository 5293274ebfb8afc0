package io.redispatterns.cache.value;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.redis.InvalidSettingException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ValueTags}.
 */
class ValueTagsTests {

	private static final Track TRACK = new Track(7, List.of("rock", "live"), new String[] { "a", null }, null);

	@Test
	void evaluatesExpressionsOnTheValue() {
		assertThat(tags("'artist:' + artistId").of(TRACK)).containsExactly("artist:7");
		assertThat(tags("genres").of(TRACK)).containsExactly("rock", "live");
		assertThat(tags("names", "artistId").of(TRACK)).containsExactly("a", "7");
		assertThat(tags("nothing").of(TRACK)).isEmpty();
		assertThat(tags().of(TRACK)).isEqualTo(Set.of());
	}

	@Test
	void evaluatesNothingElse() {
		for (String expression : List.of("T(java.lang.System).getProperty('user.home')", "new java.lang.String('x')",
				"@bean", "genres.add('x')", "artistId = 8")) {
			assertThatExceptionOfType(ValueCodecException.class).as(expression)
				.isThrownBy(() -> tags(expression).of(TRACK))
				.withMessageContaining("cache 'tracks'")
				.withMessageContaining(expression);
		}
	}

	@Test
	void refusesTooManyTags() {
		List<String> many = IntStream.range(0, 17).mapToObj(String::valueOf).toList();
		assertThatExceptionOfType(ValueCodecException.class)
			.isThrownBy(() -> tags("genres").of(new Track(1, many, null, null)))
			.withMessageContaining("17 tags");
		assertThat(tags("genres").of(new Track(1, many.subList(0, 16), null, null))).hasSize(16);
	}

	@Test
	void refusesATagThatIsTooLong() {
		assertThatExceptionOfType(ValueCodecException.class)
			.isThrownBy(() -> tags("genres").of(new Track(1, List.of("x".repeat(1025)), null, null)))
			.withMessageContaining("1024 characters");
	}

	@Test
	void namesThePropertyWhenAnExpressionDoesNotParse() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> tags("a b"))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("the.key"));
	}

	private static ValueTags tags(String... expressions) {
		return ValueTags.of("tracks", "the.key", Arrays.asList(expressions));
	}

	record Track(int artistId, List<String> genres, String[] names, String nothing) {

	}

}
