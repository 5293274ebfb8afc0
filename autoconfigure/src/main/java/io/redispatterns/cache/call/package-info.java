/**
 * Calls of cached methods that return a future or a publisher, and that Spring does not
 * make with one load for all: what such a call has missed its put may fill, on whatever
 * thread that comes.
 * <p>
 * One advice before that of caches begins the call, and a cache that is asked within it
 * keeps the lease of the miss there. A second one behind the caches passes on what the
 * method gives within the call, so that the put that follows finds it. A put under the
 * lease of another, who has missed after an eviction, would bring back the value from
 * before it.
 * <p>
 * Limits: a program that calls {@code Cache.retrieve(key)} and puts what it then loads is
 * taken for one that knows better; {@code retrieve(key, loader)} is for loads. Of several
 * caches on one method Spring asks the first only, and puts into all.
 */
@NullMarked
package io.redispatterns.cache.call;

import org.jspecify.annotations.NullMarked;
