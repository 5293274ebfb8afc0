/**
 * What is set for each cache: properties after inheritance, and how its values become
 * bytes, of the types that annotated methods name.
 */
@NullMarked
package io.redispatterns.cache.settings;

import org.jspecify.annotations.NullMarked;
