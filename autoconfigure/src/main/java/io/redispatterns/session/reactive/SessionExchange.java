package io.redispatterns.session.reactive;

import java.util.Optional;
import java.util.function.BiConsumer;

import io.redispatterns.session.Devices;
import io.redispatterns.session.store.StoredSession;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * What one request has found of sessions, in the context of its publishers.
 */
final class SessionExchange {

	static final Object KEY = SessionExchange.class;

	private final ServerWebExchange exchange;

	private final BiConsumer<ServerWebExchange, StoredSession> renewal;

	private volatile @Nullable StoredSession session;

	/**
	 * Create the exchange.
	 * @param exchange the request and its response
	 * @param renewal what is done with a session of which the use was written
	 */
	SessionExchange(ServerWebExchange exchange, BiConsumer<ServerWebExchange, StoredSession> renewal) {
		this.exchange = exchange;
		this.renewal = renewal;
	}

	static Optional<SessionExchange> of(ContextView context) {
		return context.getOrEmpty(KEY);
	}

	void remember(StoredSession found) {
		this.session = found;
	}

	void used(StoredSession found) {
		this.session = found;
		try {
			this.renewal.accept(this.exchange, found);
		}
		catch (UnsupportedOperationException ex) {
			// The headers are sent: the cookie is sent again with a later use
		}
	}

	@Nullable StoredSession session() {
		return this.session;
	}

	/**
	 * Tell the session with what the user has logged in.
	 */
	void loggedIn() {
		StoredSession known = this.session;
		if (known != null) {
			known.usedWith(device());
		}
	}

	String device() {
		return Devices.describe(this.exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT));
	}

}
