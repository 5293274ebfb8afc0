package io.redispatterns.write;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * A method that writes to the database, and what the cache makes of it: the result takes
 * the place of the entry, after the commit when there is a transaction. A result of
 * {@code null} removes the entry, as does one without a version where there is no
 * transaction. When the method fails, nothing happens.
 * <p>
 * Expressions are of the Spring Expression Language, may read and call methods but assign
 * nothing, and are evaluated after the method: {@code #result} (what an optional, a
 * future or a publisher brings), the arguments by name, {@code #p0} or {@code #a0}, and
 * {@code #root.method}, {@code #root.args}, {@code #root.target} and
 * {@code #root.targetClass}.
 * <p>
 * What is stored has to be what the row is: give back what was written, or read it again
 * in the same transaction.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(WriteThrough.All.class)
public @interface WriteThrough {

	/**
	 * Names of the caches.
	 */
	@AliasFor("cache")
	String[] value() default {};

	/**
	 * Names of the caches.
	 */
	@AliasFor("value")
	String[] cache() default {};

	/**
	 * Expression of the key; what Spring's key generator makes of the arguments when it
	 * is empty. A method without a result has to name one, unless it deletes.
	 */
	String key() default "";

	/**
	 * Expression of what is stored; the result of the method when it is empty.
	 */
	String entry() default "";

	/**
	 * Whether what is stored is a collection or an array of which each element is an
	 * entry. It is then the element that is {@code #result} in the key and the
	 * conditions. All are written at once.
	 */
	boolean each() default false;

	/**
	 * Expression that has to be true for anything to happen.
	 */
	String condition() default "";

	/**
	 * Expression that has to be false for anything to happen.
	 */
	String unless() default "";

	/**
	 * Whether the value is stored; the entry is only removed when not, which is
	 * write-around.
	 */
	boolean store() default true;

	/**
	 * Whether the method deletes: the entry is removed, whatever the result.
	 */
	boolean delete() default false;

	/**
	 * What the caller waits for; {@code redis.write.mode} when empty.
	 */
	WriteMode[] mode() default {};

	/**
	 * Several annotations of one method.
	 */
	@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@interface All {

		/**
		 * The annotations.
		 */
		WriteThrough[] value();

	}

}
