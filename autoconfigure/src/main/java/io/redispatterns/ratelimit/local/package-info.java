/**
 * What a node decides alone while Redis is away: its share of each limit, in bounded
 * memory, from what it has seen of a subject before.
 */
@NullMarked
package io.redispatterns.ratelimit.local;

import org.jspecify.annotations.NullMarked;
