package io.redispatterns.cache.many;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ResolvableType;
import org.springframework.util.StringUtils;

/**
 * A method that is annotated with {@link CacheableMany}.
 *
 * @param method the method
 * @param cache name of the cache
 * @param keys which of its parameters holds the keys
 * @param carrier what its result is brought in
 * @param results turns its results into values by key, and back
 * @param value type of the values
 * @param condition when its results are cached
 */
record ManyMethod(Method method, String cache, int keys, Carrier carrier, ManyResults results, ResolvableType value,
		ManyCondition condition) {

	/**
	 * Look at a method.
	 * @param type the class of the bean
	 * @throws IllegalStateException when its results cannot be cached by key
	 */
	static ManyMethod of(Method method, Class<?> type, CacheableMany annotation) {
		if (!StringUtils.hasText(annotation.cache())) {
			throw misused(method, "names no cache", "Name one: @CacheableMany(\"tracks\")");
		}
		ResolvableType returned = ResolvableType.forMethodReturnType(method, type);
		Carrier carrier = Carrier.of(returned.resolve(Object.class));
		if (carrier == Carrier.FLUX) {
			return flux(method, annotation, returned.getGeneric(0));
		}
		ResolvableType many = (carrier == Carrier.NONE) ? returned : returned.getGeneric(0);
		boolean map = many.resolve() == Map.class;
		if (!map && many.resolve() != List.class) {
			throw misused(method, "returns '%s'".formatted(returned),
					"Return a Map by key or a List, or a CompletableFuture or Mono of one, or a Flux");
		}
		if (map && StringUtils.hasText(annotation.resultKey())) {
			throw misused(method, "has a 'resultKey' and returns a Map, which has keys", "Remove one of them");
		}
		return new ManyMethod(method, annotation.cache(), keys(method, annotation.keys()), carrier,
				new ManyResults(method, map, annotation.resultKey()), many.getGeneric(map ? 1 : 0),
				new ManyCondition(method, annotation));
	}

	private static ManyMethod flux(Method method, CacheableMany annotation, ResolvableType value) {
		if (!StringUtils.hasText(annotation.resultKey())) {
			throw misused(method, "returns a Flux, which has no place for what there is not",
					"Tell the key of a value: resultKey");
		}
		return new ManyMethod(method, annotation.cache(), keys(method, annotation.keys()), Carrier.FLUX,
				new ManyResults(method, false, annotation.resultKey()), value, new ManyCondition(method, annotation));
	}

	private static int keys(Method method, String name) {
		String[] names = new DefaultParameterNameDiscoverer().getParameterNames(method);
		Class<?>[] types = method.getParameterTypes();
		int[] found = IntStream.range(0, types.length)
			.filter((i) -> Collection.class.isAssignableFrom(types[i]) || types[i].isArray())
			.filter((i) -> name.isEmpty() || (names != null && name.equals(names[i])))
			.toArray();
		if (found.length == 1) {
			return found[0];
		}
		String misuse = name.isEmpty() ? "has %d parameters that could hold the keys".formatted(found.length)
				: "has no collection or array '%s'".formatted(name);
		throw misused(method, misuse, "Take the keys in one Collection, Set, List or array; where there are more,"
				+ " name the parameter: keys = \"ids\"");
	}

	static IllegalStateException misused(Method method, String misuse, String remedy) {
		return new IllegalStateException("@CacheableMany method '%s.%s' %s. %s."
			.formatted(method.getDeclaringClass().getName(), method.getName(), misuse, remedy));
	}

	/**
	 * What the results of a method are brought in.
	 */
	enum Carrier {

		/**
		 * Nothing.
		 */
		NONE,

		/**
		 * A {@code CompletableFuture}.
		 */
		FUTURE,

		/**
		 * A {@code Mono}.
		 */
		MONO,

		/**
		 * A {@code Flux} of the values.
		 */
		FLUX;

		static Carrier of(Class<?> type) {
			if (type == CompletableFuture.class) {
				return FUTURE;
			}
			return switch (type.getName()) {
				case "reactor.core.publisher.Mono" -> MONO;
				case "reactor.core.publisher.Flux" -> FLUX;
				default -> NONE;
			};
		}

	}

}
