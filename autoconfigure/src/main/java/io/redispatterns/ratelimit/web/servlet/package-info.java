/**
 * Limits on the requests of Spring MVC: a filter for the early phase, an interceptor for
 * the late one, so that the fields of a response are written before its body.
 * <p>
 * The late phase applies to what Spring MVC answers; what another servlet or a filter of
 * Spring Security answers is limited by rules of the early one.
 */
@NullMarked
package io.redispatterns.ratelimit.web.servlet;

import org.jspecify.annotations.NullMarked;
