/**
 * The kernel every pattern stands on: the way to the server, scripts, node identity, the
 * server's clock, and the words for its failures. It knows no pattern.
 * <p>
 * Commands go out on the connection that Spring Boot configured; with Lettuce on its
 * shared native connection, without a hop through templates. No connection is made on a
 * caller's thread: the first callers wait for it at most the connect timeout, later ones
 * are refused at once while there is none. Every wait for a reply ends with the command
 * timeout. What is not decided here is what a pattern does without Redis: it gets a
 * {@link io.redispatterns.redis.RedisFailureException} and answers in its own way.
 */
@NullMarked
package io.redispatterns.redis;

import org.jspecify.annotations.NullMarked;
