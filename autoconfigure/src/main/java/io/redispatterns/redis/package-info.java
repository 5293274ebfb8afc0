/**
 * The kernel every pattern stands on: the way to the server, scripts, node identity, the
 * server's clock, and the words for its failures. It knows no pattern.
 * <p>
 * Commands go out on the connection that Spring Boot configured, under the guard of
 * {@code redis.resilience}. What is not decided here is what a pattern does without
 * Redis: it gets a {@link io.redispatterns.redis.RedisFailureException} and answers in
 * its own way.
 */
@NullMarked
package io.redispatterns.redis;

import org.jspecify.annotations.NullMarked;
