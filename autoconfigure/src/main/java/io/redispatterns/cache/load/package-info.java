/**
 * Loads of what a cache does not have: once per node for all who ask at the same time, so
 * many at once, and stored unless a write has come between. Says too when a write takes
 * effect, since what is loaded inside a transaction is not shared before its commit.
 * <p>
 * What Redis did not take, or was not asked to take since it gave no answer, stands in on
 * this node for a short time, and only where Redis does not answer. It is removed by the
 * writes of this node alone. The room is public for the cache room only; it is no API.
 */
@NullMarked
package io.redispatterns.cache.load;

import org.jspecify.annotations.NullMarked;
