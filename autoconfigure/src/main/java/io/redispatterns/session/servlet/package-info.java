/**
 * Sessions of servlet applications: a repository under Spring Session's filter, the
 * cookie, and the answer when Redis is away.
 * <p>
 * What one request asks for is remembered for it, so that Spring Session, which asks
 * again when the response is committed, costs no further command. A cookie with a
 * {@code max-age} is sent again whenever the use of its session is written.
 */
@NullMarked
package io.redispatterns.session.servlet;

import org.jspecify.annotations.NullMarked;
