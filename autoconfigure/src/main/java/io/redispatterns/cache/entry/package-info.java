/**
 * Entries of caches as they lie in Redis: the envelope around a value, the generation
 * that voids entries without touching them, and the scripts that keep both.
 * <p>
 * Clearing a cache, or evicting a tag, raises a counter; an entry carries the number that
 * was in force when its load began and is void below the counter. So both take the same
 * time for one entry and for a million, also void the loads that are going on, and need
 * no key of another slot: an entry, the generation and a tag are read together, never
 * written together. A counter that is lost voids everything under it: numbers come from
 * the server's time, so a new one is above all that were given out before. The room is
 * public for the cache room only; it is no API. A server without memory for a new number
 * loses the counter of the cache on purpose, which voids no less.
 */
@NullMarked
package io.redispatterns.cache.entry;

import org.jspecify.annotations.NullMarked;
