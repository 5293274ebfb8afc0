/**
 * Loads that are going on within this node: one for each key, whose value those who come
 * meanwhile share, and so many at once. The room is public for the rooms of the cache and
 * of hashes; it is no API.
 */
@NullMarked
package io.redispatterns.cache.flight;

import org.jspecify.annotations.NullMarked;
