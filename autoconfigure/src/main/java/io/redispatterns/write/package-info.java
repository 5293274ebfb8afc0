/**
 * Write-through: what a method has written to the database takes its place in the cache,
 * by an annotation. With {@code store = false} it is write-around: the entry goes, and
 * who asks next loads.
 * <p>
 * The database is first, always. Inside a transaction the entries are fenced before its
 * commit, which removes them and refuses all loads, and the new values take their place
 * after it. Two writers of one row may commit in one order and reach Redis in the other:
 * of values with a version the newer one remains, always; a value without is stored only
 * if nobody else has fenced its key meanwhile, so that the newer row remains or nothing.
 * A node that dies in between leaves fences, which cost misses until they end. A rollback
 * stores nothing. The advice stands behind that of transactions of the same order, so
 * that the transaction of the method itself is still there to hold on to.
 * <p>
 * Outside a transaction the row is already there for all to see when the method returns,
 * and nobody can fence what is done. A value with a version replaces an older one and
 * never a newer one. Of values without a version nobody can tell which row was last, so
 * the entry is removed instead: whoever loads after the last removal loads the newer row.
 * Either voids every load that began before it.
 * <p>
 * {@code async} spares the caller the wait for the new values, not that for the fences.
 * Outside a transaction it changes nothing: there the write of the new value is the
 * removal of the old one.
 * <p>
 * Limits: what the method gives has to be what the row is. Of an object that was read
 * before another has changed the row nobody can tell, but for a version. A transaction
 * that has no part in the write, such as one of another database, or one around a method
 * that has committed in a transaction of its own, fences too late for two writers without
 * a version. Outside a transaction an eviction leaves no version to compare with: a
 * writer that is paused between its row and its put may then store an older row, until
 * its time ends. A future that is not done when its method returns ends outside the
 * transaction of the method. With {@code transaction: none} the caches know of no
 * transaction, and take writes before the commit.
 */
@NullMarked
package io.redispatterns.write;

import org.jspecify.annotations.NullMarked;
