/**
 * Loads of hashes that callers of one node share. The room is public for that of hashes
 * only; it is no API.
 */
@NullMarked
package io.redispatterns.hash.flight;

import org.jspecify.annotations.NullMarked;
