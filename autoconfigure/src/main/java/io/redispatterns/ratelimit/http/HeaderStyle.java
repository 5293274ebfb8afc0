package io.redispatterns.ratelimit.http;

import java.util.List;

/**
 * The names and the syntax in which a response tells of limits: those of a draft of the
 * IETF's <i>RateLimit header fields for HTTP</i>, or what was in use before.
 */
public enum HeaderStyle {

	/**
	 * {@code RateLimit: "search";r=99;t=1} and
	 * {@code RateLimit-Policy: "search";q=100;w=60}.
	 */
	DRAFT_10("RateLimit", "RateLimit-Policy"),

	/**
	 * The same without a unit for what goes on at the same time.
	 */
	DRAFT_8("RateLimit", "RateLimit-Policy"),

	/**
	 * {@code RateLimit: limit=100, remaining=99, reset=1} and
	 * {@code RateLimit-Policy: 100;w=60}.
	 */
	DRAFT_7("RateLimit", "RateLimit-Policy"),

	/**
	 * {@code RateLimit-Limit: 100}, {@code RateLimit-Remaining: 99},
	 * {@code RateLimit-Reset: 1} and {@code RateLimit-Policy: 100;w=60}.
	 */
	DRAFT_6("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy"),

	/**
	 * {@code X-RateLimit-Limit: 100}, {@code X-RateLimit-Remaining: 99} and
	 * {@code X-RateLimit-Reset: 1}, in seconds from now.
	 */
	LEGACY("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"),

	/**
	 * Nothing but {@code Retry-After}.
	 */
	NONE;

	private final List<String> names;

	HeaderStyle(String... names) {
		this.names = List.of(names);
	}

	List<String> names() {
		return this.names;
	}

}
