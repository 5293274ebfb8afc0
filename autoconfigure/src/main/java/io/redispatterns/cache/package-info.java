/**
 * Cache-aside behind Spring's cache abstraction: a {@code CacheManager} whose caches live
 * in Redis and are shared by all nodes of an application.
 * <p>
 * A read is one plain command (in a cluster two, sent together); what it misses is loaded
 * once per node for all who ask at the same time. A write is acknowledged by the server
 * before it returns, in the order of the caller, and after the commit when it is made
 * inside a transaction. Values are typed JSON of the types that the annotated methods
 * return; bytes that cannot be read are a miss. Clearing a cache, or evicting a tag,
 * costs the same for one entry and for a million.
 * <p>
 * Redis away means loads, one per key and node in a second and so many at once, and
 * writes that are lost and counted, so an entry that was to be evicted meanwhile lives on
 * until its time ends. A node may serve for that second what another node has changed.
 * <p>
 * Limits: a load that began before an eviction on another node, and ends after it, puts
 * back what it read. Reactive transactions are not waited for; a thread of an event loop
 * does not wait for a reply either, so that its writes fail unseen by an error handler,
 * though counted, and do not stand in.
 */
@NullMarked
package io.redispatterns.cache;

import org.jspecify.annotations.NullMarked;
