package io.redispatterns.session.servlet;

import io.redispatterns.session.SessionCookie;
import io.redispatterns.session.store.StoredSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.util.Assert;

/**
 * {@link HttpSessionLogin} by the attribute that Spring Session knows a user by.
 */
final class AttributeLogin implements HttpSessionLogin {

	private static final String USER = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

	@Override
	public void login(HttpServletRequest request, String user) {
		Assert.hasText(user, "'user' must not be empty");
		String before = user(request);
		HttpSession session = request.getSession(false);
		if (session != null && before != null && !before.equals(user)) {
			session.invalidate();
			session = null;
		}
		if (session != null) {
			request.changeSessionId();
		}
		else {
			session = request.getSession(true);
		}
		session.setAttribute(USER, user);
		SessionExchange.current().ifPresent((exchange) -> {
			StoredSession stored = exchange.session();
			if (stored != null) {
				stored.usedWith(exchange.device());
			}
		});
	}

	@Override
	public @Nullable String user(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return (session != null && session.getAttribute(USER) instanceof String user) ? user : null;
	}

	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.invalidate();
		}
		response.setHeader(SessionCookie.CLEAR_SITE_DATA, SessionCookie.EVERYTHING);
	}

}
