/**
 * Guards {@code @Cacheable} methods against a cache stampede without being told: they are
 * {@code sync} wherever Spring's rules for it allow that, which is alone on a method, on
 * one cache, and without {@code unless}. Only the caching aspect sees them so, and only
 * where it takes the caches of this starter.
 * <p>
 * A method that brings a {@code Mono} or {@code Flux} is called for each subscription
 * that finds nothing, and in the subscriber's context; those who share a load share that
 * of the one who loads.
 * <p>
 * Limits: methods that are not eligible are as Spring makes them, and each caller who
 * finds nothing loads. An application's error handler that lets the failures of a cache
 * pass is asked about the method's own as well when it comes out of a future or
 * publisher, and has those who shared the load call the method again. A load that asks,
 * from another thread, for its own key waits for itself.
 */
@NullMarked
package io.redispatterns.stampede.sync;

import org.jspecify.annotations.NullMarked;
