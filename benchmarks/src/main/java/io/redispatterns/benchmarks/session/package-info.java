/**
 * Sessions beside Spring Session's repositories: what a request costs in commands, bytes
 * and time. A request finds its session, reads from it, and saves it at its end, as
 * Spring Session's filter does; there is no web server between.
 */
@NullMarked
package io.redispatterns.benchmarks.session;

import org.jspecify.annotations.NullMarked;
