/**
 * The catalogue: tracks and albums by id, and a search over both. Reads go through the
 * caches {@code tracks}, {@code albums} and {@code search}; only what they do not hold is
 * asked of the database. Many tracks at once are one question to the cache and at most
 * one to the database. A price that is changed takes its place in the cache with the
 * commit.
 */
@NullMarked
package io.redispatterns.sample.catalogue;

import org.jspecify.annotations.NullMarked;
