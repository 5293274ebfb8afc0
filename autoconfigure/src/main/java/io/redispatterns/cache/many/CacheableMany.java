package io.redispatterns.cache.many;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Caches what a method brings for many keys, each key by itself: the method is called
 * with the keys that are missing, once, and not at all when all are cached.
 * <p>
 * The method takes a collection or an array of keys, and brings a {@code Map} by key, or
 * a {@code List}; or a {@code CompletableFuture} or {@code Mono} of one; or a
 * {@code Flux} of the values, with {@link #resultKey}. A list is in the order of the
 * keys, with {@code null} where there is no value, unless {@link #resultKey} tells the
 * key of each value. Other parameters are part of each key, as of {@code @Cacheable},
 * whose methods share the entries when they take a single key in the place of the many.
 * Keys are typed: {@code 1} is not {@code 1L}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface CacheableMany {

	/**
	 * Alias for {@link #cache}.
	 */
	@AliasFor("cache")
	String value() default "";

	/**
	 * Name of the cache.
	 */
	@AliasFor("value")
	String cache() default "";

	/**
	 * Name of the parameter that holds the keys; need not be given when only one is a
	 * collection or an array.
	 */
	String keys() default "";

	/**
	 * Expression for the key of a value in the list that the method brings, such as
	 * {@code #result.id()}. The list is then in any order and lacks what there is not;
	 * callers get it in the order of the keys.
	 */
	String resultKey() default "";

	/**
	 * Expression on the arguments, such as {@code #ids.size() < 1000}: unless it is true,
	 * the method is called as if it were not annotated.
	 */
	String condition() default "";

	/**
	 * Expression on one value, {@code #result}, and the arguments, such as
	 * {@code #result == null}: a value for which it is true is given to the callers who
	 * wait for it, and not stored.
	 */
	String unless() default "";

}
