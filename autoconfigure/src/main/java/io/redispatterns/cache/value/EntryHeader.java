package io.redispatterns.cache.value;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an entry beside its value.
 *
 * @param bytes length of all of it
 * @param valid whether it is served, perhaps as a stale value
 * @param generation number of the generation in which its load began, {@code null} for
 * bytes that are not an entry
 * @param version version of the value, {@code null} when it has none
 * @param expiry when it expires on the server's clock, {@code null} when it does not say
 * @param tags its tags
 */
public record EntryHeader(int bytes, boolean valid, @Nullable Long generation, @Nullable Long version,
		@Nullable Instant expiry, List<String> tags) {

}
