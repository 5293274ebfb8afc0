/**
 * Objects as hashes: a record or a bean is one hash in Redis, with a field for each of
 * its properties, so that one property can be read, written or counted up without the
 * rest.
 * <p>
 * Who reads, reads one whole version of the object, on whichever node: every call is one
 * script, and a put replaces all fields. A write of single fields changes an object that
 * is there and never begins one, as the fields that it does not name would be missing.
 * What was put by another version of the class has another shape: it is read where all
 * properties are there and of their types, else it is a miss; a write of single fields
 * removes it, so that no object is of two shapes. A write is acknowledged when it
 * returns, or throws; a script whose caller has given up does nothing.
 * <p>
 * The race of a load and a write: a miss takes a lease, a random token beside the object,
 * which those who miss it share for a minute. Every write of the object, also of one
 * field, also one that finds nothing to write to, removes it in the same script. A load
 * is stored only while its lease is there, so that none puts back what a write has
 * replaced. The race of two writers: a put leaves an object with a higher version alone.
 * <p>
 * Limits: callers of one node who miss an object at once share a load, but no node waits
 * for another, so each of them may load it. A write takes effect at once, also within a
 * transaction of a database: make it after the commit, or delete then. A write that fails
 * may leave what was there until its time ends. A field has no lifetime of its own. A
 * failover may lose what the old master has acknowledged.
 */
@NullMarked
package io.redispatterns.hash;

import org.jspecify.annotations.NullMarked;
