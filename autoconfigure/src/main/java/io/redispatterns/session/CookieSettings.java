package io.redispatterns.session;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the cookie that holds the identifier of a session, also in the form that
 * Spring Boot's own keys have.
 *
 * @param name Name of the cookie; else __Host-SID, __Secure-SID with a path or domain, or
 * SID when the cookie is not secure.
 * @param domain Domain of the cookie; the host that sets it when not set.
 * @param path Path of the cookie; the context path when not set.
 * @param httpOnly Whether scripts cannot read the cookie; they cannot when not set.
 * @param secure Whether the cookie is sent over HTTPS only; it is when not set, but for
 * the profiles dev, development, local and test.
 * @param maxAge Time for which a browser keeps the cookie, counted from the last use of
 * the session on; until it is closed when not set. In seconds without a unit.
 * @param sameSite Which requests from other sites carry the cookie; lax when not set.
 * @param partitioned Whether the cookie is kept apart for each site that embeds the
 * application.
 */
public record CookieSettings(@Nullable String name, @Nullable String domain, @Nullable String path,
		@Nullable Boolean httpOnly, @Nullable Boolean secure,
		@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration maxAge, @Nullable SameSite sameSite,
		@Nullable Boolean partitioned) {

	static final CookieSettings NONE = new CookieSettings(null, null, null, null, null, null, null, null);

	/**
	 * Take from others what is not set.
	 */
	CookieSettings orElse(CookieSettings others) {
		return new CookieSettings(first(this.name, others.name), first(this.domain, others.domain),
				first(this.path, others.path), first(this.httpOnly, others.httpOnly), first(this.secure, others.secure),
				first(this.maxAge, others.maxAge), first(this.sameSite, others.sameSite),
				first(this.partitioned, others.partitioned));
	}

	private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
		return (one != null) ? one : other;
	}

	/**
	 * Which requests from other sites carry a cookie.
	 */
	public enum SameSite {

		/**
		 * As the browser decides.
		 */
		OMITTED,

		/**
		 * All; the cookie must be secure.
		 */
		NONE,

		/**
		 * Only those that open a page.
		 */
		LAX,

		/**
		 * None.
		 */
		STRICT

	}

}
