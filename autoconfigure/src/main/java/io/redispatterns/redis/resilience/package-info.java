/**
 * The guard between the patterns and Redis: no caller waits longer than the command
 * timeout, or for a connection to be made.
 * <p>
 * A command goes out at once or is refused at once: while there is no connection, and
 * while a breaker is open because replies are late or missing. A thread of its own probes
 * the server, once a second while it is used and ten times while it is in doubt. A
 * connection without an answer is closed, and the client makes it again to where the
 * server is by then, asking Sentinel or the cluster; a good answer closes the breaker. So
 * an outage ends by itself, without a caller to try.
 * <p>
 * The slots of a cluster share sixteen ways, each with a breaker of its own. Limits: one
 * way may lead to two servers; a late or missing reply is blamed on a way of a cluster
 * only by its probe; Jedis on a cluster or behind a Sentinel ends its dead connections by
 * its own read timeout.
 */
@NullMarked
package io.redispatterns.redis.resilience;

import org.jspecify.annotations.NullMarked;
