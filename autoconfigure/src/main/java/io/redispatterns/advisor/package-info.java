/**
 * What an operator sees and does: the actuator endpoint {@code redispatterns}, with the
 * settings in force of each cache, what the node has counted, the counter on the server,
 * the keys of one cache that the node reads most, the header of one entry, and evictions
 * by key, by tag and of a whole cache.
 * <p>
 * It shows no value, and keys only to who asks for their cache. It is there where Spring
 * Boot's actuator is and the endpoint is exposed
 * ({@code management.endpoints.web.exposure.include}).
 * <p>
 * Limits: a key is text, or of the type that the caller names, since 1 and "1" are
 * different keys; keys that are put together of several arguments cannot be named.
 */
@NullMarked
package io.redispatterns.advisor;

import org.jspecify.annotations.NullMarked;
