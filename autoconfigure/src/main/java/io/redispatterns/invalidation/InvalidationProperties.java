package io.redispatterns.invalidation;

import java.time.Duration;

import io.redispatterns.redis.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the messages about what nodes write.
 *
 * @param enabled Whether writes of caches are announced to other nodes.
 * @param maxSilence Time without a message of its own that has come back, after which a
 * node does not trust what it keeps near.
 * @param events Whether each message is published as an event in the application context.
 */
@ConfigurationProperties("redis.invalidation")
public record InvalidationProperties(@DefaultValue("true") boolean enabled, @DefaultValue("2s") Duration maxSilence,
		@DefaultValue("false") boolean events) {

	private static final Duration SHORTEST = Duration.ofMillis(200);

	public InvalidationProperties {
		if (maxSilence.compareTo(SHORTEST) < 0) {
			throw new InvalidSettingException("max-silence", maxSilence, "be at least 200ms",
					"Set a duration such as '2s': every eighth of it a node sends a message to itself.");
		}
	}

}
