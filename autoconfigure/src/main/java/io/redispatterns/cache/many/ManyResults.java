package io.redispatterns.cache.many;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;
import org.springframework.util.StringUtils;

/**
 * What a method brings for many keys, as values by key, and what its callers get of them.
 */
final class ManyResults {

	private static final SpelExpressionParser PARSER = new SpelExpressionParser();

	private final Method method;

	private final boolean map;

	private final @Nullable Expression key;

	/**
	 * Create the results of a method.
	 * @param map whether it brings a map
	 * @param key expression for the key of a value, empty for none
	 */
	ManyResults(Method method, boolean map, String key) {
		this.method = method;
		this.map = map;
		this.key = StringUtils.hasText(key) ? parse(method, key) : null;
	}

	private static Expression parse(Method method, String key) {
		try {
			return PARSER.parseExpression(key);
		}
		catch (ParseException ex) {
			throw ManyMethod.misused(method, "has the 'resultKey' '%s': %s".formatted(key, ex.getSimpleMessage()),
					"Write an expression such as #result.id()");
		}
	}

	/**
	 * The values by key.
	 * @param keys those that the method was called with
	 * @param brought what it brought
	 */
	Map<Object, @Nullable Object> byKey(List<Object> keys, @Nullable Object brought) {
		Map<Object, @Nullable Object> values = new LinkedHashMap<>();
		if (brought instanceof Map<?, ?> given) {
			given.forEach((key, value) -> values.put(key, value));
			verify(keys, values.keySet());
		}
		else if (brought instanceof List<?> given && this.key != null) {
			given.stream().filter((value) -> value != null).forEach((value) -> values.put(key(value), value));
			verify(keys, values.keySet());
		}
		else if (brought instanceof List<?> given) {
			if (given.size() != keys.size()) {
				throw ManyMethod.misused(this.method,
						"brought a list of %d for %d keys".formatted(given.size(), keys.size()),
						"Bring one for each key, null where there is none, or say how to tell: resultKey");
			}
			for (int i = 0; i < keys.size(); i++) {
				values.put(keys.get(i), given.get(i));
			}
		}
		return values;
	}

	private Object key(Object value) {
		SimpleEvaluationContext context = SimpleEvaluationContext.forReadOnlyDataBinding()
			.withInstanceMethods()
			.build();
		context.setVariable("result", value);
		Object found = (this.key != null) ? this.key.getValue(context, value) : null;
		if (found == null) {
			throw ManyMethod.misused(this.method, "brought a value whose 'resultKey' is null",
					"Correct the expression");
		}
		return found;
	}

	/**
	 * Values under keys of another type would never be found, and be taken for absent.
	 */
	private void verify(List<Object> asked, Set<?> brought) {
		Set<Class<?>> types = new HashSet<>();
		asked.forEach((each) -> types.add(each.getClass()));
		Set<Object> known = new HashSet<>(asked);
		for (Object each : brought) {
			if (each != null && !known.contains(each) && !types.contains(each.getClass())) {
				throw ManyMethod.misused(this.method,
						"was asked for keys of %s and brought one of %s".formatted(types, each.getClass()),
						"Bring keys of the same type");
			}
		}
	}

	/**
	 * What a caller gets.
	 * @param keys those that he asked for
	 * @param values a value for each of them, {@code null} where there is none
	 */
	Object of(Collection<?> keys, Map<?, ? extends @Nullable Object> values) {
		if (!this.map && this.key == null) {
			List<@Nullable Object> list = new ArrayList<>();
			keys.forEach((key) -> list.add(values.get(key)));
			return list;
		}
		Map<Object, Object> present = new LinkedHashMap<>();
		for (Object key : new LinkedHashSet<>(keys)) {
			Object value = values.get(key);
			if (value != null) {
				present.put(key, value);
			}
		}
		return this.map ? present : new ArrayList<>(present.values());
	}

}
