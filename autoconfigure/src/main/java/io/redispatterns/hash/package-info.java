/**
 * Objects as hashes: a record or a bean is one hash in Redis, with a field for each of
 * its properties, so that one property can be read, written or counted up without the
 * rest.
 * <p>
 * Who reads, reads one whole version of the object, on whichever node: every call is one
 * command or script, and a put replaces all fields. A write of single fields changes an
 * object that is there and never begins one, as the fields that it does not name would be
 * missing. What was put by another version of the class has another shape: it is read
 * where all properties are there and of their types, else it is a miss; a write of single
 * fields removes it, so that no object is of two shapes. A write is acknowledged when it
 * returns, or throws; a script whose caller has given up does nothing.
 * <p>
 * The race of a load and a write: who loads does so under a lease, as that of a cache's
 * entry. Every write of the object, also of one field, also one that finds nothing to
 * write to, removes it in the same script. A load is stored only while its lease is
 * there, so that none puts back what a write has replaced. The race of many who miss:
 * those of one node share a load, and the guard of the caches lets one node load, which
 * the others wait for. Who waits is woken by the script that stores, and by any that
 * removes the lease; the lease of a node that has died ends. The race of two writers: a
 * put leaves an object with a higher version alone.
 * <p>
 * The race of a commit and a load: what a transaction writes takes effect with its commit
 * and never after a rollback. Before the commit a fence, as that of a cache's entry, puts
 * the object out of sight and refuses loads until the release after it; only then, and
 * only where no other writer came between, is the object stored, or are the fields
 * written to what was there. A node that dies in between leaves a fence, which ends after
 * ten seconds, and no object. A write of no transaction that meets a fence removes the
 * object too, as nobody knows which of both is newer.
 * <p>
 * Limits: a caller who asks after a write of another node may wait for a load that began
 * before it, and then for one of his own. Within a transaction there is no increment, as
 * its sum may be wrong after a rollback, and no result of a write, which is not made yet.
 * Only transactions that are bound to threads are seen. Where Redis takes no fence, other
 * nodes may read the old object until this node has deleted it. A write outside of a
 * transaction that fails may leave what was there until its time ends. A field has no
 * lifetime of its own. A failover may lose what the old master has acknowledged.
 */
@NullMarked
package io.redispatterns.hash;

import org.jspecify.annotations.NullMarked;
