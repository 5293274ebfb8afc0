/**
 * Reads of rows that are accepted and not flushed yet: a load asks the queue before it
 * asks the database.
 * <p>
 * The load of a {@code @Cacheable} method is asked for under the lease of the entry, and
 * the acceptance of a change voids that lease before its caller goes on. So what a load
 * finds waiting may be stored; and when nothing waits, all that was acknowledged before
 * is in the database that it reads next.
 * <p>
 * Limits: methods that return the row itself, an {@code Optional}, a
 * {@code CompletableFuture} or a {@code Mono} of it; and those for many keys, which ask
 * for {@link io.redispatterns.cache.lease.HeldRows}. A loader that is given to the cache
 * by hand is not seen here, nor is a method that brings many rows under one key. While it
 * is not known what waits, the database answers, and that is not stored.
 */
@NullMarked
package io.redispatterns.write.behind.read;

import org.jspecify.annotations.NullMarked;
