package io.redispatterns.cache.entry;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A value as it is stored.
 *
 * @param bytes the value, {@code null} for a cached null
 * @param tags its tags
 */
public record WrittenValue(byte @Nullable [] bytes, Set<String> tags) {

}
