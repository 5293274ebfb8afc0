/**
 * Write-behind: what a method with {@link io.redispatterns.write.behind.WriteBehind}
 * returns is accepted into a queue in Redis, and written to the database in batches by a
 * method with {@link io.redispatterns.write.behind.WriteBehindFlush}, on one node at a
 * time.
 * <p>
 * A change that is acknowledged is flushed at least once, in the order of its key,
 * deletions too, whichever node dies and however long the database is away; it leaves the
 * queue only after the method that writes has returned. A batch that comes again, also on
 * another node, has the same id. A batch that fails by its own fault is taken in parts,
 * until the change that is at fault is alone, and is put to the dead letter after some
 * attempts; a failure of the connection or of the transaction is no fault of the rows.
 * What waits is bounded; beyond that, a caller waits, is refused, or flushes itself.
 * <p>
 * The acceptance evicts the entry of the cache and stores none: of two puts of two nodes
 * the older could come last, and stay. A load asks the queue first (room {@code read}),
 * so readers see what was accepted, and what a node that has died did not evict is
 * evicted by the flush.
 * <p>
 * Limits: Redis is the only place where a change is until it is flushed; without an
 * append-only file its restart loses it, and so does a failover the last ones. Without
 * Redis nothing is accepted. A node that pauses for longer than the lease while it writes
 * may write when others have gone on: {@code where sequence < ?} guards against that. A
 * change takes no part in a transaction.
 */
@NullMarked
package io.redispatterns.write.behind;

import org.jspecify.annotations.NullMarked;
