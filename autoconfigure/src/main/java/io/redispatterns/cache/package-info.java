/**
 * Cache-aside behind Spring's cache abstraction: a {@code CacheManager} whose caches live
 * in Redis and are shared by all nodes of an application.
 * <p>
 * A read is one plain command (in a cluster two, sent together); what it misses is loaded
 * once for all who ask at the same time, and stored under a lease that every write voids,
 * so that no late load puts back what was evicted. A write is acknowledged by the server
 * before it returns, in the order of the caller, and with the commit when it is made
 * inside a transaction. Values are typed JSON of the types that the annotated methods
 * return; bytes that cannot be read are a miss. Clearing a cache, or evicting a tag,
 * costs the same for one entry and for a million.
 * <p>
 * Redis away means loads, one per key and node in a second and so many at once; a write
 * that is lost is counted, and made good by an eviction before this node trusts the cache
 * again for its keys. A node may serve for that second what another node has changed.
 * <p>
 * Limits: other nodes may read the old value until a lost write is made good, and until
 * its time ends when this node does not live to do so. A put that follows a miss cannot
 * be told from the fill of one, and is refused when another write has come between. A
 * transaction that reads one snapshot of the database, without saying so, may store what
 * is older than its lease. A thread of an event loop does not wait for a reply either, so
 * that its caller goes on before it is known whether a write has failed.
 */
@NullMarked
package io.redispatterns.cache;

import org.jspecify.annotations.NullMarked;
