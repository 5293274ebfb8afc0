package io.redispatterns.redis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties that every pattern shares.
 *
 * @param namespace First part of every key and channel; the application name when not
 * set.
 * @param resilience Bounds on what a slow or absent server may cost a caller.
 */
@ConfigurationProperties("redis")
public record RedisPatternsProperties(@Nullable String namespace, @DefaultValue Resilience resilience) {

	/**
	 * Bounds on what a slow or absent server may cost a caller.
	 *
	 * @param commandTimeout Longest wait of a caller for the reply to one command, a
	 * connection that is to be made first included.
	 * @param connectTimeout How long callers wait for an attempt to connect; while it
	 * takes longer they are refused at once.
	 */
	public record Resilience(@DefaultValue("250ms") Duration commandTimeout,
			@DefaultValue("500ms") Duration connectTimeout) {

		public Resilience {
			InvalidSettingException.requirePositive("command-timeout", commandTimeout);
			InvalidSettingException.requirePositive("connect-timeout", connectTimeout);
		}

	}

}
