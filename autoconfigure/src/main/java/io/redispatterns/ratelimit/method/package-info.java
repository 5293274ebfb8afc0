/**
 * Limits on the methods of beans: advice that lets a call in before a transaction begins
 * and a cache is asked. What returns a future fails in it, what returns a publisher is
 * decided for each subscription. A call within one bean does not pass the advice.
 * <p>
 * The handler methods of a web application are limited by their requests; the advice
 * applies to those alone whose limits name an argument.
 */
@NullMarked
package io.redispatterns.ratelimit.method;

import org.jspecify.annotations.NullMarked;
