package io.redispatterns.redis;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds on what a slow or absent server may cost a caller.
 *
 * @param commandTimeout longest wait of a caller for the reply to one command
 * @param connectTimeout longest wait of a caller for a connection that is being made
 */
@ConfigurationProperties("redis.resilience")
public record ResilienceProperties(@DefaultValue("250ms") Duration commandTimeout,
		@DefaultValue("500ms") Duration connectTimeout) {

	public ResilienceProperties {
		InvalidSettingException.requirePositive("command-timeout", commandTimeout);
		InvalidSettingException.requirePositive("connect-timeout", connectTimeout);
	}

}
