/**
 * Sessions of a servlet or reactive web application, kept in Redis for all of its nodes.
 * The application uses {@code HttpSession}, {@code WebSession} or Spring Security as it
 * always does; Spring Session hands them what this library stores. A request that asks
 * for no session costs nothing, one that reads one command, one that changes something
 * two. {@link io.redispatterns.session.UserSessions} lists the sessions of a user and
 * ends them on every node at once.
 * <p>
 * The identifier is 256 random bits in a cookie that no script and no other host can
 * read, and is known to nobody else: Redis, logs and this API know a session by its
 * handle. It changes with each login. A session ends when it is idle, and in any case a
 * time after its begin or last login; both by the clock of the server. What has ended is
 * never stored again by a request that is still running.
 * <p>
 * Without Redis there is no session to tell and none to begin: whoever asks for one is
 * answered with 503, keeps his cookie, and is logged in again when Redis is back. Pages
 * that ask for none are served.
 * <p>
 * Limits: an {@code HttpSessionListener} is told of nothing, as nobody is told of a
 * session that has ended by time. A write that was acknowledged may be lost by a
 * failover. The changes that a request makes while another gives the session a new
 * identifier are lost if they are written after it. A class of sessions takes effect with
 * the begin or a login.
 */
@NullMarked
package io.redispatterns.session;

import org.jspecify.annotations.NullMarked;
