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
 * <p>
 * The race of two writers: what they put may arrive in another order than that in which
 * they wrote. So a put leaves an entry alone that has a higher version, and voids its
 * lease as any other write does. Under a good lease nothing was put since the misses that
 * share it, but for what one of them has put: that may be a value that was written, and
 * taken for a load, so a fill compares too. It does not with an entry of an older
 * generation, which was there before, or void: else what has become void could keep out
 * what is lower until its time ends. A refused fill that would remove the entry leaves
 * one with a higher version.
 */
@NullMarked
package io.redispatterns.cache.entry;

import org.jspecify.annotations.NullMarked;
