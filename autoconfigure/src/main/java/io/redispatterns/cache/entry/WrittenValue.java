package io.redispatterns.cache.entry;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A value as it is stored.
 *
 * @param bytes the value, {@code null} for a cached null
 * @param tags its tags
 * @param version the version of what it is the state of, {@code null} for none
 */
public record WrittenValue(byte @Nullable [] bytes, Set<String> tags, @Nullable Long version) {

	static final WrittenValue NULL = new WrittenValue(null, Set.of(), null);

}
