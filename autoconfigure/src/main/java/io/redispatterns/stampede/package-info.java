/**
 * Cache stampedes: many callers that miss the same entry at the same time, of whom one is
 * to load it, in the whole cluster.
 * <p>
 * The callers of one node that miss an entry share a load before anybody here is asked.
 * Among the nodes, {@code redis.stampede.guard} decides. {@code lease}: the lease of the
 * entry is taken exclusively, and who finds it taken waits for the message that the entry
 * is filled. {@code redisson}: a Redisson lock, one for each key, stands before that, so
 * that locks show where an operator looks for them. Nobody waits for the lock: who finds
 * it taken waits for the lease. Its client is made in the background at the first miss,
 * and while it is not there, fails or does not answer at once, the lease guards alone.
 * {@code local}: each node loads for itself. {@code none}: each caller does.
 * <p>
 * No thread waits: those who wait are futures, woken by a message, or when the lease of a
 * holder that has died ends, or by a clock of the JVM when they have waited for as long
 * as they may, upon which they load themselves. What is stored is right whoever loads:
 * that is the lease's matter, not the guard's.
 * <p>
 * Limits: who waits looks at the lease again after 100 ms, and then less often, as a
 * message may be lost; with {@code redisson}, who has found the lock taken may load under
 * the lease alone; and when Redis fails over, the locks and leases that it has forgotten
 * are taken twice.
 */
@NullMarked
package io.redispatterns.stampede;

import org.jspecify.annotations.NullMarked;
