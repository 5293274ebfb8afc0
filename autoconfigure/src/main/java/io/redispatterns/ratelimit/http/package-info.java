/**
 * What a response tells of limits: the {@code RateLimit} fields in the style of a draft,
 * {@code Retry-After}, and a problem as the body of a refusal.
 * <p>
 * Times are rounded up and permits down: who retries after the seconds that he is told is
 * not too early. A refusal for want of Redis is a 503, never a 429. What is told of is
 * each policy by its name; a subject is never part of a response.
 */
@NullMarked
package io.redispatterns.ratelimit.http;

import org.jspecify.annotations.NullMarked;
