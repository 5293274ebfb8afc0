/**
 * Caches inside Spring's transactions, those that are bound to threads and those that are
 * bound to subscribers.
 * <p>
 * One synchronization for each transaction, after all others before the commit, stands
 * for all caches of a manager. The transaction reads what it has put, as bytes that are
 * decoded for each reader, and misses what it has evicted; such a miss is loaded for its
 * own eyes only. What else it loads is stored after its commit, and not at all when it
 * was told to read one snapshot ({@code REPEATABLE_READ}, {@code SERIALIZABLE}), which
 * may be older than what was evicted since, or what is not committed
 * ({@code READ_UNCOMMITTED}). What it puts after it has missed it is taken for a load.
 * Those that are read-only write and load at once.
 * <p>
 * The advice of caches is moved behind that of transactions of the same order, so that an
 * eviction by annotation is one of the method's own transaction. With publishers no
 * thread tells of a transaction: a second advice before that of the caches calls the
 * method when its publisher is subscribed to, a third behind it passes its signals on,
 * both with the transaction of the subscriber at hand.
 * <p>
 * Limits: nobody can tell the default isolation of a database that reads snapshots, such
 * as MySQL's, nor a persistence context that has read a row before: name the isolation of
 * transactions that fill caches, or fill outside of them. A first write to a cache that
 * comes while others are told that the commit is near, or from a flush within it, comes
 * too late for a fence and takes effect after the commit.
 */
@NullMarked
package io.redispatterns.cache.transaction;

import org.jspecify.annotations.NullMarked;
