package io.redispatterns.write.behind;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method that writes what a queue has accepted. Takes a {@link WriteBatch}, or a
 * {@code List} of rows where nothing is deleted; one method for each queue.
 * <p>
 * It is called on a thread of its own, on one node at a time, and again with the same
 * batch until it returns: what it does must bear repetition. It should be transactional,
 * so that a batch that fails leaves nothing behind.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface WriteBehindFlush {

	/**
	 * Name of the queue.
	 * @return the name
	 */
	String queue();

}
