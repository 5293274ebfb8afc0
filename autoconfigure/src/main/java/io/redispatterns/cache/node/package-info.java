/**
 * The nodes that share caches, as far as each must know of the others: a node that is cut
 * off from Redis, while its database is not, cannot tell anybody what it has overwritten.
 * <p>
 * Four times a second each node that has a cache leaves a sign of life in Redis, once its
 * lost writes are made good, and learns whether another one is silent. While one is, no
 * node trusts its caches: reads go the way they go without Redis. So what a node serves
 * is older than an eviction that a cut-off node could not deliver by at most the time
 * after which a node is silent, a quarter of a second, and the time that a stand-in
 * serves.
 * <p>
 * Limits: a node that was never connected is unknown; one that is silent for longer than
 * the time after which it is dead is forgotten, whether it is or not, and what it
 * overwrites from then on lives to its time-to-live. A crash looks the same as a cut, and
 * costs the other nodes their caches for that time.
 */
@NullMarked
package io.redispatterns.cache.node;

import org.jspecify.annotations.NullMarked;
