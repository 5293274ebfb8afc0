package io.redispatterns.session.reactive;

import io.redispatterns.session.SessionCookie;
import reactor.core.publisher.Mono;

import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.util.Assert;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * {@link WebSessionLogin} by the attribute that Spring Session knows a user by.
 */
final class AttributeWebLogin implements WebSessionLogin {

	private static final String USER = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

	@Override
	public Mono<Void> login(ServerWebExchange exchange, String user) {
		Assert.hasText(user, "'user' must not be empty");
		return exchange.getSession().flatMap((session) -> Mono.deferContextual((context) -> {
			boolean stored = session.isStarted();
			if (session.getAttribute(USER) instanceof String before && !before.equals(user)) {
				session.getAttributes().clear();
			}
			session.getAttributes().put(USER, user);
			SessionExchange.of(context).ifPresent(SessionExchange::loggedIn);
			return stored ? session.changeSessionId() : session.save();
		}));
	}

	@Override
	public Mono<String> user(ServerWebExchange exchange) {
		return exchange.getSession()
			.mapNotNull((session) -> (session.getAttribute(USER) instanceof String user) ? user : null);
	}

	@Override
	public Mono<Void> logout(ServerWebExchange exchange) {
		return exchange.getSession()
			.filter(WebSession::isStarted)
			.flatMap(WebSession::invalidate)
			.doOnSuccess((done) -> exchange.getResponse()
				.getHeaders()
				.set(SessionCookie.CLEAR_SITE_DATA, SessionCookie.EVERYTHING));
	}

}
