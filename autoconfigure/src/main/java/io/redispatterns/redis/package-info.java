/**
 * The kernel every pattern stands on: the way to the server, scripts, node identity, the
 * server's clock, and the words for its failures. It knows no pattern.
 * <p>
 * Commands go out on the connection that Spring Boot configured; with Lettuce on its
 * shared native connection, without a hop through templates. There, no connection is made
 * on a caller's thread, and every wait ends with the command timeout: callers wait for a
 * connection only while an attempt is younger than the connect timeout, else they are
 * refused at once. Other clients wait as long as their own timeouts allow. What is not
 * decided here is what a pattern does without Redis: it gets a
 * {@link io.redispatterns.redis.RedisFailureException} and answers in its own way.
 */
@NullMarked
package io.redispatterns.redis;

import org.jspecify.annotations.NullMarked;
