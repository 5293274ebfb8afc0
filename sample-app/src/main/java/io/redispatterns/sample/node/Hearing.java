package io.redispatterns.sample.node;

import org.jspecify.annotations.Nullable;

/**
 * A message about a write of a cache that a node has heard. It tells neither the key nor
 * the value.
 *
 * @param node the node that has heard it
 * @param number its number among those that the node has heard
 * @param origin the node that has written
 * @param cache name of the cache
 * @param operation what the write does: put, evict, clear, tag, fence, release or fill
 * @param lagMillis the time from the write until the node had heard of it
 */
public record Hearing(String node, long number, String origin, String cache, String operation,
		@Nullable Double lagMillis) {
}
