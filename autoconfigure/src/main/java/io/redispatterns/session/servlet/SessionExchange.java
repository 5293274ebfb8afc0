package io.redispatterns.session.servlet;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.redispatterns.session.Devices;
import io.redispatterns.session.store.StoredSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What one request has found of sessions, over all of its dispatches.
 */
final class SessionExchange {

	private static final String ATTRIBUTE = SessionExchange.class.getName();

	private static final ThreadLocal<@Nullable SessionExchange> CURRENT = new ThreadLocal<>();

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	private final Map<String, Optional<StoredSession>> found = new HashMap<>();

	private @Nullable StoredSession session;

	private boolean handled;

	private SessionExchange(HttpServletRequest request, HttpServletResponse response) {
		this.request = request;
		this.response = response;
	}

	/**
	 * Make a request the one of this thread.
	 * @return which was it before, for {@link #leave}
	 */
	static @Nullable SessionExchange enter(HttpServletRequest request, HttpServletResponse response) {
		SessionExchange outer = CURRENT.get();
		if (request.getAttribute(ATTRIBUTE) instanceof SessionExchange known) {
			CURRENT.set(known);
		}
		else {
			SessionExchange exchange = new SessionExchange(request, response);
			request.setAttribute(ATTRIBUTE, exchange);
			CURRENT.set(exchange);
		}
		return outer;
	}

	static void leave(@Nullable SessionExchange outer) {
		if (outer != null) {
			CURRENT.set(outer);
		}
		else {
			CURRENT.remove();
		}
	}

	static Optional<SessionExchange> current() {
		return Optional.ofNullable(CURRENT.get());
	}

	/**
	 * What was found under an identifier before.
	 * @return the session, empty where there is none, {@code null} when nobody has looked
	 */
	synchronized @Nullable Optional<StoredSession> find(String id) {
		return this.found.get(id);
	}

	synchronized void remember(String id, @Nullable StoredSession session) {
		this.found.put(id, Optional.ofNullable(session));
		if (session != null) {
			this.session = session;
		}
		else if (this.session != null && this.session.getId().equals(id)) {
			this.session = null;
		}
	}

	synchronized void handled() {
		this.handled = true;
	}

	synchronized boolean isHandled() {
		return this.handled;
	}

	synchronized @Nullable StoredSession session() {
		return this.session;
	}

	String device() {
		return Devices.describe(this.request.getHeader(HttpHeaders.USER_AGENT));
	}

	HttpServletRequest request() {
		return this.request;
	}

	HttpServletResponse response() {
		return this.response;
	}

}
