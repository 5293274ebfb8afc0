/**
 * Near caches: what this node has read from Redis and serves again without a call, as
 * long as it can be trusted to know what other nodes have written since.
 * <p>
 * A value is kept when it was read from Redis, no longer than its entry lives there and
 * than is configured, and not when a write of it has become known meanwhile. A write of
 * this node removes it before and after its command; one of another node does so by a
 * message that the script of the write has sent. Whether all messages came is decided for
 * each read, without a timer: else the read goes to Redis as if nothing were near.
 * <p>
 * Of each cache, near or not, a sample of the reads is counted, by which the keys that
 * are read most are known; a cache can keep only those.
 * <p>
 * Who brings the messages is told by an {@link InvalidationBus}. This room is public for
 * it; it is the one that the room of invalidation may know. Limits: values are handed out
 * by reference, so that who changes one changes it for all of this node; a value that is
 * in Redis without the time of its end is not kept.
 */
@NullMarked
package io.redispatterns.cache.near;

import org.jspecify.annotations.NullMarked;
