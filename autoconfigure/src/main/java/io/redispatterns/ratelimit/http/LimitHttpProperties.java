package io.redispatterns.ratelimit.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of what a response tells of limits.
 *
 * @param headers The fields of a response.
 * @param problem The body of a refusal.
 */
@ConfigurationProperties("redis.rate-limit")
public record LimitHttpProperties(@DefaultValue Headers headers, @DefaultValue Problem problem) {

	/**
	 * The fields of a response.
	 *
	 * @param style Names and syntax of the fields.
	 * @param legacy Whether the X-RateLimit fields are sent as well.
	 * @param expose Whether scripts of another origin may read the fields.
	 */
	public record Headers(@DefaultValue("draft-10") HeaderStyle style, @DefaultValue("false") boolean legacy,
			@DefaultValue("true") boolean expose) {

	}

	/**
	 * The body of a refusal.
	 *
	 * @param enabled Whether a refusal has a problem as its body.
	 */
	public record Problem(@DefaultValue("true") boolean enabled) {

	}

}
