/**
 * The scripts that decide on the server: one for each set of algorithms, put together of
 * the server's clock, an engine for each algorithm and the decision over all of them.
 */
@NullMarked
package io.redispatterns.ratelimit.script;

import org.jspecify.annotations.NullMarked;
