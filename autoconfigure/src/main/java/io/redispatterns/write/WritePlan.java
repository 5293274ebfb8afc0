package io.redispatterns.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.util.ObjectUtils;

/**
 * What is to be written after a call: the values by key, {@code null} for an entry that
 * is to be removed, by cache and mode.
 */
final class WritePlan {

	private final Map<Part, Map<Object, @Nullable Object>> parts = new LinkedHashMap<>();

	private final KeyGenerator keys;

	private final WriteCall call;

	private final boolean whole;

	private @Nullable RuntimeException failure;

	/**
	 * Create an empty plan.
	 * @param keys makes keys where an annotation names none
	 * @param call the call
	 * @param whole whether the method has brought all it was to; else nothing is stored
	 */
	WritePlan(KeyGenerator keys, WriteCall call, boolean whole) {
		this.keys = keys;
		this.call = call;
		this.whole = whole;
	}

	Map<Part, Map<Object, @Nullable Object>> parts() {
		return this.parts;
	}

	/**
	 * What has kept entries out of the plan.
	 * @return the last failure, {@code null} when there was none
	 */
	@Nullable RuntimeException failure() {
		return this.failure;
	}

	/**
	 * Add what an annotation says. What fails keeps nothing else out.
	 */
	void add(WriteRule operation, @Nullable Object result, WriteMode configured) {
		attempt(() -> plan(operation, result, configured));
	}

	private void attempt(Runnable part) {
		try {
			part.run();
		}
		catch (RuntimeException ex) {
			this.failure = ex;
		}
	}

	private void plan(WriteRule operation, @Nullable Object result, WriteMode configured) {
		WriteExpression expression = operation.content();
		Object content = (expression != null) ? ObjectUtils.unwrapOptional(expression.of(this.call, result)) : result;
		WriteMode mode = (operation.mode() != null) ? operation.mode() : configured;
		if (operation.each()) {
			elements(operation, content).forEach((element) -> attempt(() -> plan(operation, element, element, mode)));
		}
		else {
			plan(operation, result, content, mode);
		}
	}

	private void plan(WriteRule operation, @Nullable Object result, @Nullable Object content, WriteMode mode) {
		if (operation.conditions().allow(this.call, result)) {
			Object key = key(operation, result);
			operation.caches()
				.forEach((cache) -> this.parts.computeIfAbsent(new Part(cache, mode), (any) -> new LinkedHashMap<>())
					.put(key, (this.whole && operation.stored()) ? content : null));
		}
	}

	private Object key(WriteRule operation, @Nullable Object result) {
		WriteExpression expression = operation.key();
		Object key = (expression != null) ? expression.of(this.call, result)
				: this.keys.generate(this.call.target(), this.call.method(), this.call.args());
		if (key == null) {
			throw new InvalidWriteThroughException(this.call.method(), "has a key that gives null",
					"Correct the key, or exclude such calls by 'condition' or 'unless'.");
		}
		return key;
	}

	private static List<Object> elements(WriteRule operation, @Nullable Object content) {
		if (content instanceof Iterable<?> several) {
			List<Object> elements = new ArrayList<>();
			several.forEach((element) -> Stream.ofNullable(element).forEach(elements::add));
			return elements;
		}
		if (content == null || content.getClass().isArray()) {
			return Arrays.stream(ObjectUtils.toObjectArray(content)).filter(Objects::nonNull).toList();
		}
		throw new InvalidWriteThroughException(operation.method(),
				"has each element written of a '%s', which has none".formatted(content.getClass().getName()),
				"Give a collection or an array, or leave 'each' out.");
	}

	/**
	 * What is written at once.
	 *
	 * @param cache name of the cache
	 * @param mode what the caller waits for
	 */
	record Part(String cache, WriteMode mode) {

	}

}
