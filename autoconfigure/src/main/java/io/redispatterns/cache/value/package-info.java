/**
 * What a cache reads off a value before it stores it: the tags under which it can be
 * evicted, and the version by which it is told from an older state. Expressions of the
 * configuration read the value and can do nothing else.
 */
@NullMarked
package io.redispatterns.cache.value;

import org.jspecify.annotations.NullMarked;
