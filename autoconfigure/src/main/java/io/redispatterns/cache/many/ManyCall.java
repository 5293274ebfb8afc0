package io.redispatterns.cache.many;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import io.redispatterns.cache.fill.Unstored;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.core.CollectionFactory;
import org.springframework.util.Assert;

/**
 * One call of a method for many keys.
 *
 * @param invocation the call
 * @param method the method
 * @param keys those that its caller asks for
 */
record ManyCall(ProxyMethodInvocation invocation, ManyMethod method, List<?> keys) {

	static ManyCall of(ProxyMethodInvocation invocation, ManyMethod method) {
		Object argument = invocation.getArguments()[method.keys()];
		Assert.notNull(argument, () -> "The keys of '%s' must not be null".formatted(method.method().getName()));
		List<?> keys = (argument instanceof Collection<?> collection) ? Arrays.asList(collection.toArray())
				: IntStream.range(0, Array.getLength(argument)).mapToObj((i) -> Array.get(argument, i)).toList();
		Assert.noNullElements(keys, () -> "No key of '%s' may be null".formatted(method.method().getName()));
		return new ManyCall(invocation, method, keys);
	}

	/**
	 * The key of an entry, as that of a method which takes one key in the place of many.
	 */
	Object key(KeyGenerator generator, Object key) {
		Object target = this.invocation.getThis();
		return generator.generate((target != null) ? target : this.invocation.getProxy(), this.method.method(),
				arguments(key));
	}

	/**
	 * Call the method with some of the keys.
	 */
	@Nullable Object proceed(List<Object> missing) throws Throwable {
		return this.invocation.invocableClone(arguments(same(missing))).proceed();
	}

	/**
	 * What there is for entries, as the cache is to have it.
	 * @param entries those keys of the caller that have none, by the keys of the entries
	 * @param missing those that the method was called with
	 * @param brought what it brought
	 * @param held what was held for the others, by the keys of the entries
	 */
	Map<Object, @Nullable Object> values(Map<Object, Object> entries, List<Object> missing, @Nullable Object brought,
			Map<Object, Optional<Object>> held) {
		Map<Object, @Nullable Object> values = this.method.results().byKey(missing, brought);
		Map<Object, @Nullable Object> byEntry = new LinkedHashMap<>();
		entries.forEach((entry, key) -> {
			Optional<Object> row = held.get(entry);
			Object value = (row != null) ? row.orElse(null) : values.get(key);
			byEntry.put(entry, isUnstored(value) ? new Unstored(value) : value);
		});
		return byEntry;
	}

	private boolean isUnstored(@Nullable Object value) {
		return this.method.condition().forbids(this.invocation.getThis(), this.invocation.getArguments(), value);
	}

	/**
	 * What the caller gets.
	 * @param entries his keys by those of the entries
	 * @param values the values by the keys of the entries
	 */
	Object found(Map<Object, Object> entries, Map<Object, ? extends @Nullable Object> values) {
		Map<Object, @Nullable Object> byKey = new HashMap<>();
		entries.forEach((entry, key) -> byKey.put(key, values.get(entry)));
		return this.method.results().of(this.keys, byKey);
	}

	private @Nullable Object[] arguments(Object key) {
		@Nullable Object[] arguments = this.invocation.getArguments().clone();
		arguments[this.method.keys()] = key;
		return arguments;
	}

	/**
	 * Keys in what the method takes.
	 */
	private Object same(List<Object> keys) {
		Class<?> type = this.method.method().getParameterTypes()[this.method.keys()];
		if (!type.isArray()) {
			Collection<Object> collection = CollectionFactory.createCollection(type, keys.size());
			collection.addAll(keys);
			return collection;
		}
		Object array = Array.newInstance(type.getComponentType(), keys.size());
		for (int i = 0; i < keys.size(); i++) {
			Array.set(array, i, keys.get(i));
		}
		return array;
	}

}
