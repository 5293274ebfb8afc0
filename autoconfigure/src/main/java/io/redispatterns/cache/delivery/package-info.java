/**
 * The way of a cache's commands to Redis: in the order of the callers, and made good when
 * they got lost. What a write that Redis did not acknowledge was to change is not trusted
 * on this node until it is evicted.
 * <p>
 * A put, an eviction, a clear or an eviction by tag that fails, in whatever way, is noted
 * in the journal of its cache. From then on this node reads the keys concerned as if
 * Redis had failed, and stores no load of them. Ten times a second what is noted is
 * evicted; it is trusted again when the server has acknowledged that and no newer write
 * of it was lost meanwhile.
 * <p>
 * The race of a lost put: its bytes may lie in a buffer of a server that hangs, or on a
 * connection that was given up, and run after the eviction that was to make it good. So
 * every put carries a deadline in the server's time, the moment at which its caller gives
 * up, and stores nothing after it; and the eviction that makes it good refuses to run
 * before that same moment. Both compare with the clock of the server that runs them:
 * whichever order they come in, nothing of the put stays behind the eviction. Removals
 * need no deadline: one that runs late costs a miss.
 * <p>
 * A load's value that was not stored makes nothing stale and is not noted, unless nobody
 * knows whether it still runs, or a write has come between and it could not be taken
 * back.
 * <p>
 * Limits: a journal is in memory, and other nodes do not know it: they may read the old
 * value until it is made good, and until its time ends when this node is killed or stops
 * before that. A put has no deadline before the server's time is known, within
 * milliseconds of the first command, and without a guard.
 */
@NullMarked
package io.redispatterns.cache.delivery;

import org.jspecify.annotations.NullMarked;
