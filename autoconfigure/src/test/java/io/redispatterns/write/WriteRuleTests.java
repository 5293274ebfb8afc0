package io.redispatterns.write;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WriteRule} and {@link WriteExpression}.
 */
class WriteRuleTests {

	private static Method method(Class<?> type, String name) {
		return Objects.requireNonNull(ReflectionUtils.findMethod(type, name, int.class));
	}

	private static List<WriteRule> operations(Class<?> type, String name) {
		return new WriteOperations().of(method(type, name), type);
	}

	@ParameterizedTest
	@CsvSource({ "noCache, names no cache", "noKey, 'has no key, and the method gives no result'",
			"noResult, 'speaks of a result, and the method gives none'",
			"noElements, 'speaks of a result, and the method gives none'",
			"noKeyOfElements, 'has each element written, and no key for it'", "twoModes, names more than one mode",
			"badEntry, 'has the entry ''#result.'', which is no expression'" })
	void refusesWhatCannotBeCarriedOut(String name, String reason) {
		assertThatExceptionOfType(InvalidWriteThroughException.class).isThrownBy(() -> operations(Bad.class, name))
			.withMessageStartingWith("@WriteThrough on '%s.%s' %s", Bad.class.getName(), name, reason);
	}

	@Test
	void findsWhatAnInterfaceSays() {
		assertThat(operations(Good.class, "ofTheInterface")).hasSize(1);
		assertThat(new WriteOperations().of(method(Interface.class, "ofTheInterface"), Good.class)).hasSize(1);
		assertThat(operations(Good.class, "twice")).extracting(WriteRule::caches)
			.containsExactly(List.of("one"), List.of("two", "three"));
		assertThat(operations(Good.class, "plain")).isEmpty();
	}

	@Test
	void deletesWithTheArgumentsForAKey() {
		assertThat(operations(Good.class, "delete")).singleElement().satisfies((operation) -> {
			assertThat(operation.key()).isNull();
			assertThat(operation.stored()).isFalse();
		});
	}

	@ParameterizedTest
	@CsvSource({ "#id, 7", "#p0, 7", "#a0, 7", "#root.args[0], 7", "#root.methodName, plain",
			"#root.method.name, plain", "#root.target.ofTheInterface(3), track", "#result.length(), 5",
			"#result?.length(), 5", "#id + ':' + #result, 7:track" })
	void readsACall(String text, String expected) {
		assertThat(value(text, "track")).hasToString(expected);
	}

	@ParameterizedTest
	@CsvSource({ "T(java.lang.System).exit(1)", "new java.lang.String('a')", "@bean", "#root.args[0] = 8", "#id = 8",
			"#result.getClass().forName('java.lang.Runtime')" })
	void doesNothingElse(String text) {
		assertThatExceptionOfType(InvalidWriteThroughException.class).isThrownBy(() -> value(text, "track"))
			.withMessageContaining("which does not fit the call");
	}

	@Test
	void saysWhenThereWasNoResult() {
		assertThatExceptionOfType(InvalidWriteThroughException.class).isThrownBy(() -> value("#result.length()", null))
			.withMessageContaining("which does not fit a call without a result");
	}

	private static Object value(String text, String result) {
		Method method = method(Good.class, "plain");
		WriteCall call = new WriteCall(method, new Object[] { 7 }, new Good(), Good.class);
		return Objects.requireNonNull(WriteExpression.parse(method, "key", text)).of(call, result);
	}

	interface Interface {

		@WriteThrough(cache = "tracks", key = "#id")
		String ofTheInterface(int id);

	}

	static class Good implements Interface {

		@Override
		public String ofTheInterface(int id) {
			return "track";
		}

		@WriteThrough("one")
		@WriteThrough({ "two", "three" })
		String twice(int id) {
			return "track";
		}

		@WriteThrough(cache = "tracks", delete = true)
		void delete(int id) {
		}

		String plain(int id) {
			return "track";
		}

	}

	static class Bad {

		@WriteThrough(key = "#id")
		String noCache(int id) {
			return "track";
		}

		@WriteThrough("tracks")
		void noKey(int id) {
		}

		@WriteThrough(cache = "tracks", key = "#result.id")
		void noResult(int id) {
		}

		@WriteThrough(cache = "tracks", key = "#id", each = true)
		void noElements(int id) {
		}

		@WriteThrough(cache = "tracks", each = true)
		List<String> noKeyOfElements(int id) {
			return List.of();
		}

		@WriteThrough(cache = "tracks", mode = { WriteMode.SYNC, WriteMode.ASYNC })
		String twoModes(int id) {
			return "track";
		}

		@WriteThrough(cache = "tracks", entry = "#result.")
		String badEntry(int id) {
			return "track";
		}

	}

}
