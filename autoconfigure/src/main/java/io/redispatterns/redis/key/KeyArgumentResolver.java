package io.redispatterns.redis.key;

import org.jspecify.annotations.Nullable;

/**
 * Answers which value stands for an argument of an own type when a key is made from it.
 * <p>
 * Beans of this type are asked in their order for every argument that is not a value or a
 * collection of the JDK or of Spring; a record is asked for before its components are
 * read. Two arguments that are equal must get equal answers, and two that are not must
 * not. The name of the argument's class becomes part of the key, so that an answer never
 * meets a plain value; a proxy made by a persistence provider has a class of its own and
 * with it another key. Called by many threads, on each access: it must not block.
 */
@FunctionalInterface
public interface KeyArgumentResolver {

	/**
	 * Returns the value that identifies the argument.
	 * @param argument an argument of a cached method, or an element of one
	 * @return a value of a type that keys are made from, or {@code null} to leave the
	 * argument to the next resolver
	 */
	@Nullable Object resolve(Object argument);

}
