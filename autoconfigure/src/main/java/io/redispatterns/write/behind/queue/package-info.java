/**
 * A queue of changes in Redis: four keys in one slot, and the scripts that work on them.
 * <p>
 * Changes have positions, which are handed out in order and without gaps. What is claimed
 * is always the head: one batch at a time, held by one owner under a lease by the
 * server's clock, and the same batch under the same name for who takes it over. A change
 * that is overwritten before it is claimed keeps its position; one that is claimed is
 * left alone, and what comes for its key stands behind it. So the changes of a key are
 * flushed in the order in which they were accepted, whatever fails in between.
 * <p>
 * Limits: the queue is one key, so one shard of a cluster holds it. A server that evicts
 * keys without an end, or that comes back without its data, has lost what was not
 * flushed.
 */
@NullMarked
package io.redispatterns.write.behind.queue;

import org.jspecify.annotations.NullMarked;
