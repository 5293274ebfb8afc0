/**
 * Loads of what a cache does not have, on the thread of a caller or without one: once for
 * all who ask at the same time, and again while a value still serves.
 * <p>
 * The race of a shared load: who asks while a load goes on may know of a write that the
 * load has not seen, made on another node. So he has its value only if its lease was
 * found good after he came, or if the load began after he asked; else he goes once more.
 * For that the doors of a load are closed before its fill is sent.
 * <p>
 * Loads that ask for each other's keys would wait for ever: threads are seen to do so at
 * once; what has no thread waits no longer than the guard allows, and loads beside the
 * other. The room is public for the cache room only; it is no API.
 */
@NullMarked
package io.redispatterns.cache.load;

import org.jspecify.annotations.NullMarked;
