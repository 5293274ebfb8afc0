/**
 * Limits on the requests of Spring WebFlux: a filter for the early phase, a handler
 * adapter before all others for the late one. Nothing blocks, and what follows a decision
 * does not run on a thread of the Redis client.
 * <p>
 * A refusal is answered by the exception handlers of controller advice, not by those of
 * the controller itself. A method whose limits name an argument has to return a
 * publisher: nothing else can wait for the decision without blocking.
 */
@NullMarked
package io.redispatterns.ratelimit.web.reactive;

import org.jspecify.annotations.NullMarked;
