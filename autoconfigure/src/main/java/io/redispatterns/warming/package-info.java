/**
 * Warming: caches are filled before anybody asks, on start and on a schedule, with the
 * keys that a {@link io.redispatterns.warming.WarmCache @WarmCache} method returns.
 * <p>
 * Each key is read through the {@code @Cacheable} method that fills the cache, as any
 * caller would read it. So what is warmed was loaded under a lease that every write
 * voids, and a warm-up never puts back what was evicted meanwhile. What is there already
 * is not loaded, unless the annotation says {@code refresh}: then it is loaded in the
 * same way, and serves until it is replaced.
 * <p>
 * One node of all warms a cache. It holds a lease in Redis, and renews it while it is at
 * it; when it dies, another begins anew as the lease ends. A warm-up that ended counts
 * for all nodes. Without Redis nothing is warmed: a warm-up begins, or goes on, once
 * Redis answers and the caches are trusted.
 * <p>
 * Limits: without {@code refresh}, what is about to end is loaded again by those who read
 * it ({@code early-refresh}), and by nobody when nobody does. Keys are read one after
 * another, by methods with one parameter. A node that was paused for longer than its
 * lease may read a key beside its successor. The rate is that of one method, hits
 * included.
 */
@NullMarked
package io.redispatterns.warming;

import org.jspecify.annotations.NullMarked;
