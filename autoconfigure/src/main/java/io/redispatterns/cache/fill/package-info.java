/**
 * Where what was missed and loaded goes: under a permit to Redis, or to this node alone
 * while Redis does not answer. The room is public for the cache room only; it is no API.
 */
@NullMarked
package io.redispatterns.cache.fill;

import org.jspecify.annotations.NullMarked;
