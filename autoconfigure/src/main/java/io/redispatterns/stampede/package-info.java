/**
 * One load per key: {@code @Cacheable} methods are guarded against a cache stampede
 * without being told, by being made {@code sync} where Spring's rules for it allow that.
 * <p>
 * Limits: a method that may leave out what it has loaded ({@code unless}), that uses two
 * caches, or that puts or evicts as well, is as Spring makes it: each of its callers
 * loads.
 */
@NullMarked
package io.redispatterns.stampede;

import org.jspecify.annotations.NullMarked;
