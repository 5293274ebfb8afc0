/**
 * {@code @CacheableMany}: methods that take many keys and bring many values, of which
 * only those are asked for that the cache does not have.
 * <p>
 * Each key is cached by itself, under the key that {@code @Cacheable} would give a method
 * of the same parameters with one key in the place of many: so both share entries. The
 * type of the values is told from the method, as for {@code @Cacheable}. Methods are
 * looked at when the application starts; one that cannot be cached stops it.
 * <p>
 * Limits: there is no {@code key}; a value that is {@code null}, or absent, is cached
 * like any {@code null}, {@code unless} the annotation says otherwise. Other collections
 * than lists and maps are not brought, and a {@code Flux} only with the key of each
 * value, when all are there. Inside a reactive transaction the method is called with all
 * keys, and nothing is cached.
 */
@NullMarked
package io.redispatterns.cache.many;

import org.jspecify.annotations.NullMarked;
