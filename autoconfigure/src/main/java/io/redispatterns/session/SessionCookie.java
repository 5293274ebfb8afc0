package io.redispatterns.session;

import java.time.Duration;
import java.util.Objects;

import io.redispatterns.redis.InvalidSettingException;
import io.redispatterns.session.CookieSettings.SameSite;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The cookie that holds the identifier of a session. A combination that browsers refuse,
 * or that would be less safe than its name says, stops the start.
 *
 * @param name its name
 * @param domain its domain, {@code null} for the host that sets it
 * @param path its path
 * @param httpOnly whether scripts cannot read it
 * @param secure whether it is sent over HTTPS only
 * @param maxAge for how long a browser keeps it, {@code null} until it is closed
 * @param sameSite {@code Lax}, {@code Strict}, {@code None}, or {@code null} as the
 * browser decides
 * @param partitioned whether it is kept apart for each site that embeds the application
 */
public record SessionCookie(String name, @Nullable String domain, String path, boolean httpOnly, boolean secure,
		@Nullable Duration maxAge, @Nullable String sameSite, boolean partitioned) {

	/**
	 * The header by which a browser forgets what it keeps of a site, with a logout.
	 */
	public static final String CLEAR_SITE_DATA = "Clear-Site-Data";

	/**
	 * Its value for all that a browser keeps.
	 */
	public static final String EVERYTHING = "\"cache\", \"cookies\", \"storage\"";

	private static final String PREFIX = "redis.session.cookie.";

	private static final String HOST = "__Host-";

	private static final String SECURE = "__Secure-";

	/**
	 * Resolve what is not set, and refuse what does not go together.
	 */
	static SessionCookie of(CookieSettings settings, boolean development, @Nullable String contextPath) {
		boolean secure = Objects.requireNonNullElse(settings.secure(), !development);
		String path = StringUtils.hasText(settings.path()) ? settings.path()
				: (StringUtils.hasText(contextPath) ? contextPath : "/");
		String domain = StringUtils.hasText(settings.domain()) ? settings.domain() : null;
		boolean wholeHost = path.equals("/") && domain == null;
		String name = StringUtils.hasText(settings.name()) ? settings.name()
				: (secure ? (wholeHost ? HOST : SECURE) : "") + "SID";
		SameSite sameSite = Objects.requireNonNullElse(settings.sameSite(), SameSite.LAX);
		boolean partitioned = Boolean.TRUE.equals(settings.partitioned());
		require(name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+"), "name", name, "consist of the characters of a token",
				"Use letters, digits, '-' and '_'.");
		require(secure || !name.startsWith(HOST) && !name.startsWith(SECURE), "name", name,
				"not begin with '__Host-' or '__Secure-' for a cookie that is not secure",
				"Set '" + PREFIX + "secure' to true, or use another name.");
		require(wholeHost || !name.startsWith(HOST), "name", name,
				"not begin with '__Host-' for a cookie with a domain or a path other than '/'",
				"Use a name that begins with '__Secure-', or remove the domain and the path.");
		require(secure || sameSite != SameSite.NONE, "same-site", "none",
				"be lax or strict for a cookie that is not secure", "Set '" + PREFIX + "secure' to true.");
		require(secure || !partitioned, "partitioned", "true", "be false for a cookie that is not secure",
				"Set '" + PREFIX + "secure' to true.");
		require(path.startsWith("/") && path.matches("[!-:<-~]+"), "path", path, "begin with '/'",
				"Set the path under which the application is reached, or remove the property.");
		require(domain == null || domain.matches("[A-Za-z0-9.-]+"), "domain", domain, "be the name of a host",
				"Set a name such as 'shop.example.com', or remove the property.");
		InvalidSettingException.requirePositive(PREFIX + "max-age", settings.maxAge());
		return new SessionCookie(name, domain, path, !Boolean.FALSE.equals(settings.httpOnly()), secure,
				settings.maxAge(), (sameSite != SameSite.OMITTED) ? StringUtils.capitalize(lower(sameSite)) : null,
				partitioned);
	}

	private static void require(boolean good, String key, @Nullable String value, String reason, String action) {
		if (!good) {
			throw new InvalidSettingException(PREFIX + key, value, reason, action);
		}
	}

	private static String lower(SameSite sameSite) {
		return sameSite.name().toLowerCase(java.util.Locale.ROOT);
	}

}
