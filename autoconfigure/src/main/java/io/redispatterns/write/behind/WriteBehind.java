package io.redispatterns.write.behind;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has what a method returns accepted into a queue in Redis, from which a method with
 * {@link WriteBehindFlush} writes it to the database later, in batches. The method itself
 * does not write.
 * <p>
 * When the method returns to its caller, Redis has acknowledged the change; otherwise a
 * {@link WriteBehindException} is thrown. Of a collection each element is a change, and
 * all or none are accepted; {@code null} is no change. Takes no part in a transaction: a
 * rollback does not take back what was accepted. Not for methods that return a future or
 * a publisher.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface WriteBehind {

	/**
	 * Name of the queue, with the settings {@code redis.write.behind.<queue>.*}.
	 * @return the name
	 */
	String queue();

	/**
	 * What identifies the row, as a SpEL expression on the parameters and the
	 * {@code #result}, which of a collection is one element at a time. Gives a String,
	 * Integer, Long or UUID: the key of the cache.
	 * @return the expression
	 */
	String key();

	/**
	 * Name of the cache that holds the rows, if any. Its {@code @Cacheable} methods see
	 * the change from its acceptance on.
	 * @return the name of the cache, none by default
	 */
	String cache() default "";

	/**
	 * Whether the row of the key is deleted, whatever the method returns.
	 * @return {@code false} by default
	 */
	boolean delete() default false;

}
