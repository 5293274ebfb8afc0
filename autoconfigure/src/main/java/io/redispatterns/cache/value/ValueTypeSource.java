package io.redispatterns.cache.value;

import org.springframework.core.ResolvableType;

/**
 * Tells the types of the values that methods bring to caches otherwise than by Spring's
 * own annotations.
 */
@FunctionalInterface
public interface ValueTypeSource {

	/**
	 * Look at the methods of a class.
	 * @param type the class of a bean, which need not have any such method
	 * @param visitor told of each method
	 * @throws IllegalStateException when a method cannot be cached as it is annotated,
	 * which stops the start
	 */
	void visit(Class<?> type, Visitor visitor);

	/**
	 * Is told of methods.
	 */
	@FunctionalInterface
	interface Visitor {

		/**
		 * A method brings values to a cache.
		 * @param cache name of the cache
		 * @param value type of one value
		 */
		void visit(String cache, ResolvableType value);

	}

}
