/**
 * Loads of what a cache does not have: once per node for all who ask at the same time,
 * and stored unless a write has come between. Says too when a write takes effect, since
 * what is loaded inside a transaction is not shared before its commit. The room is public
 * for the cache room only; it is no API.
 */
@NullMarked
package io.redispatterns.cache.load;

import org.jspecify.annotations.NullMarked;
