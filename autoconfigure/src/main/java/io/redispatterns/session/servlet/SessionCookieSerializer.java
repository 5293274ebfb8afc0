package io.redispatterns.session.servlet;

import java.util.List;

import io.redispatterns.session.SessionCookie;
import io.redispatterns.session.store.SessionIds;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * Writes the cookie of a session as it is configured, and reads from it only what could
 * be an identifier.
 */
final class SessionCookieSerializer extends DefaultCookieSerializer {

	/**
	 * Cookies of the same name and other paths or domains, which a browser sends too.
	 */
	private static final int MAX_COOKIES = 4;

	SessionCookieSerializer(SessionCookie cookie) {
		setCookieName(cookie.name());
		setCookiePath(cookie.path());
		if (cookie.domain() != null) {
			setDomainName(cookie.domain());
		}
		setUseHttpOnlyCookie(cookie.httpOnly());
		setUseSecureCookie(cookie.secure());
		setSameSite(cookie.sameSite());
		setPartitioned(cookie.partitioned());
		setUseBase64Encoding(false);
		if (cookie.maxAge() != null) {
			setCookieMaxAge(Math.toIntExact(Math.min(cookie.maxAge().toSeconds(), Integer.MAX_VALUE)));
		}
	}

	@Override
	public List<String> readCookieValues(HttpServletRequest request) {
		return super.readCookieValues(request).stream().filter(SessionIds::isId).distinct().limit(MAX_COOKIES).toList();
	}

}
