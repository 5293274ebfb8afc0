package io.redispatterns.write.behind.queue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What waits in a queue.
 *
 * @param changes number of changes that are not flushed
 * @param lag how long the oldest of them has waited
 * @param dead number of changes in the dead letter
 */
public record QueueDepth(long changes, Duration lag, long dead) {

	static QueueDepth read(byte[] bytes) {
		String[] parts = new String(bytes, StandardCharsets.US_ASCII).split(":");
		return new QueueDepth(Long.parseLong(parts[0]), Duration.ofMillis(Long.parseLong(parts[1])),
				Long.parseLong(parts[2]));
	}

}
