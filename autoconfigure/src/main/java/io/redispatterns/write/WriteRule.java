package io.redispatterns.write;

import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * What one annotation says.
 *
 * @param method the annotated method
 * @param caches names of the caches
 * @param key the key, {@code null} for that of the key generator
 * @param content what is written, {@code null} for the result
 * @param conditions when it is written
 * @param each whether it is several entries
 * @param stored whether it is stored, or the entry removed
 * @param mode what the caller waits for, {@code null} for what is configured
 */
record WriteRule(Method method, List<String> caches, @Nullable WriteExpression key, @Nullable WriteExpression content,
		Conditions conditions, boolean each, boolean stored, @Nullable WriteMode mode) {

	/**
	 * Read an annotation.
	 * @throws InvalidWriteThroughException when it cannot be carried out
	 */
	static WriteRule of(Method method, WriteThrough annotation) {
		List<String> caches = List.of(annotation.cache());
		if (caches.isEmpty() || !caches.stream().allMatch(StringUtils::hasText)) {
			throw new InvalidWriteThroughException(method, "names no cache",
					"Name the cache, as in @WriteThrough(cache = \"tracks\", key = \"#result.id()\").");
		}
		if (annotation.mode().length > 1) {
			throw new InvalidWriteThroughException(method, "names more than one mode", "Name one mode, or none.");
		}
		WriteRule operation = new WriteRule(method, caches, WriteExpression.parse(method, "key", annotation.key()),
				WriteExpression.parse(method, "entry", annotation.entry()), Conditions.of(method, annotation),
				annotation.each(), annotation.store() && !annotation.delete(),
				(annotation.mode().length == 1) ? annotation.mode()[0] : null);
		operation.verify(annotation.delete());
		return operation;
	}

	private void verify(boolean deletes) {
		boolean nothing = this.method.getReturnType() == void.class;
		if (nothing && this.key == null && !deletes) {
			throw new InvalidWriteThroughException(this.method, "has no key, and the method gives no result",
					"Name the key, as in key = \"#track.id()\", or say delete = true when the arguments are the key.");
		}
		if (nothing && this.content == null && (this.each || (this.key != null && this.key.isOfResult()))) {
			throw new InvalidWriteThroughException(this.method, "speaks of a result, and the method gives none",
					"Name what is written by 'entry', or let the method return it.");
		}
		if (this.each && this.key == null) {
			throw new InvalidWriteThroughException(this.method, "has each element written, and no key for it",
					"Name the key of an element, as in key = \"#result.id()\".");
		}
	}

	/**
	 * When something is written.
	 *
	 * @param condition has to be true
	 * @param unless has to be false
	 */
	record Conditions(@Nullable WriteExpression condition, @Nullable WriteExpression unless) {

		static Conditions of(Method method, WriteThrough annotation) {
			return new Conditions(WriteExpression.parse(method, "condition", annotation.condition()),
					WriteExpression.parse(method, "unless", annotation.unless()));
		}

		boolean allow(WriteCall call, @Nullable Object result) {
			return (this.condition == null || this.condition.isTrue(call, result))
					&& (this.unless == null || !this.unless.isTrue(call, result));
		}

	}

}
