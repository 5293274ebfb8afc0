/**
 * Sessions in Redis: one hash for each, and one sorted set for each user with the
 * sessions that are his.
 * <p>
 * A session is kept under a digest of its identifier, its <em>handle</em>: who reads the
 * server, its log or a dump finds nothing that a cookie could hold. Every command is one
 * script, in a cluster on one key, runs by the clock of the server, and does nothing
 * after its caller has given up. A write names only what has changed, so that two
 * requests that change different attributes both win, and it changes a session that is
 * there and never begins one again, so that no request brings back what another has
 * ended.
 * <p>
 * The sorted set of a user is ordered by when sessions end, a minute late. Each write of
 * it removes what has ended, and it ends with its last session: it needs no events of the
 * server and no job that cleans up. It is written when a session becomes that of a user,
 * and each time the session lives on, so that what a failover has lost comes back.
 */
@NullMarked
package io.redispatterns.session.store;

import org.jspecify.annotations.NullMarked;
