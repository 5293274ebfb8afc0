package io.redispatterns.embedded;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the Redis server for development.
 *
 * @param enabled Whether to start a server when no connection is configured.
 * @param port Port to listen on; applications with the same port share one server. Zero
 * for a free port.
 * @param maxMemory Memory for data, above which the least recently used keys that expire
 * are evicted.
 */
@ConfigurationProperties("redis.embedded")
record EmbeddedProperties(@DefaultValue("true") boolean enabled, @DefaultValue("0") int port,
		@DefaultValue("128MB") DataSize maxMemory) {

	private static final DataSize LEAST_MEMORY = DataSize.ofMegabytes(4);

	EmbeddedProperties {
		if (port < 0 || port > 65535) {
			throw new IllegalArgumentException(
					"'redis.embedded.port' must be between 0 and 65535 but was %d: name a port, or 0 for a free one"
						.formatted(port));
		}
		if (maxMemory.compareTo(LEAST_MEMORY) < 0) {
			throw new IllegalArgumentException(
					"'redis.embedded.max-memory' must be at least 4MB but was %s: a server needs 1MB for itself"
						.formatted(maxMemory));
		}
	}

}
