package io.redispatterns.write;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Writes to a database that the caches follow.
 *
 * @param enabled Whether annotated methods write to the cache, or to a queue behind their
 * callers.
 * @param mode Whether the caller of a transaction waits until the new values are in the
 * cache, or only until the old ones are removed.
 */
@ConfigurationProperties("redis.write")
public record WriteProperties(@DefaultValue("true") boolean enabled, @DefaultValue("sync") WriteMode mode) {

}
