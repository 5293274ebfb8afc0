package io.redispatterns.cache.many;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.redispatterns.cache.many.ManyMethod.Carrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ManyMethod} and {@link ManyMethods}.
 */
class ManyMethodTests {

	@Test
	void findsKeysAndTypeOfValues() {
		ManyMethod map = find("map", Right.class);
		assertThat(map.cache()).isEqualTo("tracks");
		assertThat(map.keys()).isEqualTo(1);
		assertThat(map.value().resolve()).isEqualTo(String.class);
		assertThat(find("array", Right.class).value().resolve()).isEqualTo(Long.class);
		assertThat(find("named", Right.class).keys()).isEqualTo(1);
		assertThat(find("future", Right.class).carrier()).isEqualTo(Carrier.FUTURE);
		assertThat(find("mono", Right.class).carrier()).isEqualTo(Carrier.MONO);
		assertThat(find("flux", Right.class).carrier()).isEqualTo(Carrier.FLUX);
		assertThat(find("flux", Right.class).value().resolve()).isEqualTo(String.class);
		assertThat(find("generic", Right.class).value().resolve()).isEqualTo(String.class);
	}

	@Test
	void tellsTheTypesOfCaches() {
		Map<String, Set<Class<?>>> types = new TreeMap<>();
		new ManyMethods().visit(Right.class,
				(String cache, ResolvableType value) -> types.computeIfAbsent(cache, (name) -> new HashSet<>())
					.add(Objects.requireNonNull(value.resolve())));
		assertThat(types).containsOnlyKeys("tracks").containsEntry("tracks", Set.of(String.class, Long.class));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "none | has 0 parameters that could hold the keys. Take the keys in one Coll",
					"two | has 2 parameters that could hold the keys", "unknown | has no collection or array 'other'",
					"set | returns 'java.util.Set<java.lang.String>'. Return a Map by key or a List",
					"nothing | returns 'void'", "nameless | names no cache",
					"both | has a 'resultKey' and returns a Map", "flux | returns a Flux, which has no place for what",
					"conditional | has the 'condition' '#ids.size(':", "broken | has the 'resultKey' 'id(':" })
	void refusesWhatCannotBeCachedByKey(String method, String reason) {
		assertThatIllegalStateException().isThrownBy(() -> find(method, Wrong.class))
			.withMessageStartingWith("@CacheableMany method 'io.redispatterns.cache.many.ManyMethodTests$Wrong.%s' %s"
				.formatted(method, reason));
	}

	private static ManyMethod find(String name, Class<?> type) {
		Method method = Stream.of(type.getMethods())
			.filter((each) -> each.getName().equals(name) && !each.isBridge())
			.findFirst()
			.orElseThrow();
		return Objects.requireNonNull(new ManyMethods().find(method, type));
	}

	abstract static class Base<T> {

		@CacheableMany("tracks")
		public abstract Map<Integer, T> generic(List<Integer> ids);

	}

	abstract static class Right extends Base<String> {

		@CacheableMany("tracks")
		public abstract Map<Integer, String> map(String language, Collection<Integer> ids);

		@CacheableMany(cache = "tracks", resultKey = "#result")
		public abstract List<Long> array(long[] ids);

		@CacheableMany(cache = "tracks", keys = "ids")
		public Map<Integer, String> named(List<String> words, List<Integer> ids) {
			return Map.of();
		}

		@CacheableMany("tracks")
		public abstract CompletableFuture<List<String>> future(Set<Integer> ids);

		@CacheableMany("tracks")
		public abstract Mono<Map<Integer, String>> mono(List<Integer> ids);

		@CacheableMany(cache = "tracks", resultKey = "#result")
		public abstract Flux<String> flux(List<Integer> ids);

	}

	abstract static class Wrong {

		@CacheableMany("tracks")
		public abstract List<String> none(int id);

		@CacheableMany("tracks")
		public abstract List<String> two(List<Integer> ids, int[] others);

		@CacheableMany(cache = "tracks", keys = "other")
		public abstract List<String> unknown(List<Integer> ids);

		@CacheableMany("tracks")
		public abstract Set<String> set(List<Integer> ids);

		@CacheableMany("tracks")
		public abstract void nothing(List<Integer> ids);

		@CacheableMany
		public abstract List<String> nameless(List<Integer> ids);

		@CacheableMany(cache = "tracks", resultKey = "id")
		public abstract Map<Integer, String> both(List<Integer> ids);

		@CacheableMany("tracks")
		public abstract Flux<String> flux(List<Integer> ids);

		@CacheableMany(cache = "tracks", condition = "#ids.size(")
		public abstract List<String> conditional(List<Integer> ids);

		@CacheableMany(cache = "tracks", resultKey = "id(")
		public abstract List<String> broken(List<Integer> ids);

	}

}
