package io.redispatterns.advisor;

import io.redispatterns.redis.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of what operators see.
 *
 * @param enabled Whether there is an actuator endpoint for the patterns.
 * @param hotKeys How many of the keys that are read most it names for a cache; 0 for
 * none, where keys tell too much.
 */
@ConfigurationProperties("redis.advisor")
public record AdvisorProperties(@DefaultValue("true") boolean enabled, @DefaultValue("10") int hotKeys) {

	public AdvisorProperties {
		if (hotKeys < 0) {
			throw new InvalidSettingException("hot-keys", hotKeys, "not be negative",
					"Set a number such as '10', or '0' to name none.");
		}
	}

}
