/**
 * What is allowed to whom: limits with their algorithms, found by name and plan, and
 * changed at run time without touching what is counted.
 */
@NullMarked
package io.redispatterns.ratelimit.policy;

import org.jspecify.annotations.NullMarked;
