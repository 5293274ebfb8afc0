package io.redispatterns.session.reactive;

import java.util.List;

import io.redispatterns.session.store.SessionIds;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.session.CookieWebSessionIdResolver;

/**
 * Reads from the cookie only what could be an identifier.
 */
final class IdsOnlyResolver extends CookieWebSessionIdResolver {

	private static final int MAX_COOKIES = 4;

	@Override
	public List<String> resolveSessionIds(ServerWebExchange exchange) {
		return super.resolveSessionIds(exchange).stream()
			.filter(SessionIds::isId)
			.distinct()
			.limit(MAX_COOKIES)
			.toList();
	}

}
