/**
 * What Spring MVC and WebFlux have in common where requests are limited.
 * <p>
 * A request is limited at two points. Rules of the early phase come first of all, by the
 * address or another thing that needs no user: what floods a login is stopped before a
 * password is looked at. The others come when the user is known and the method that will
 * answer: what is said of the method counts, else what is said of its class, else the
 * first rule for its path. A request is counted once, whatever it is forwarded to; a
 * preflight of another origin is not counted.
 */
@NullMarked
package io.redispatterns.ratelimit.web;

import org.jspecify.annotations.NullMarked;
