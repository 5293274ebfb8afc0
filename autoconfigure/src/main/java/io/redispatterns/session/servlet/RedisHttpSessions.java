package io.redispatterns.session.servlet;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.session.SessionUnavailableException;
import io.redispatterns.session.store.Replies;
import io.redispatterns.session.store.Sessions;
import io.redispatterns.session.store.StoredSession;
import org.jspecify.annotations.Nullable;

import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.CookieSerializer.CookieValue;

/**
 * Spring Session's repository over the sessions in Redis.
 */
final class RedisHttpSessions implements SessionRepository<StoredSession> {

	private final Sessions sessions;

	private final @Nullable CookieSerializer rolling;

	/**
	 * Create the repository.
	 * @param sessions the sessions in Redis
	 * @param rolling writes the cookie again when the use of a session is written,
	 * {@code null} for a cookie that a browser keeps until it is closed
	 */
	RedisHttpSessions(Sessions sessions, @Nullable CookieSerializer rolling) {
		this.sessions = sessions;
		this.rolling = rolling;
	}

	@Override
	public StoredSession createSession() {
		StoredSession session = this.sessions.begin();
		SessionExchange.current().ifPresent((exchange) -> {
			session.usedWith(exchange.device());
			exchange.remember(session.getId(), session);
		});
		return session;
	}

	@Override
	public void save(StoredSession session) {
		boolean used = await(this.sessions.save(session));
		SessionExchange.current().ifPresent((exchange) -> {
			exchange.remember(session.getId(), session.isExpired() ? null : session);
			if (used && this.rolling != null && !exchange.response().isCommitted()) {
				// Only what Redis has just confirmed, or it would replace the cookie of a
				// login
				this.rolling
					.writeCookieValue(new CookieValue(exchange.request(), exchange.response(), session.getId()));
			}
		});
	}

	@Override
	public @Nullable StoredSession findById(String id) {
		SessionExchange exchange = SessionExchange.current().orElse(null);
		Optional<StoredSession> known = (exchange != null) ? exchange.find(id) : null;
		if (known != null) {
			return known.orElse(null);
		}
		try {
			StoredSession session = await(this.sessions.find(id));
			if (exchange != null) {
				exchange.remember(id, session);
			}
			return session;
		}
		catch (SessionUnavailableException ex) {
			if (exchange != null && exchange.isHandled()) {
				return null;
			}
			throw ex;
		}
	}

	@Override
	public void deleteById(String id) {
		SessionExchange exchange = SessionExchange.current().orElse(null);
		StoredSession known = (exchange != null) ? exchange.session() : null;
		await((known != null && known.getId().equals(id)) ? this.sessions.end(known) : this.sessions.end(id));
		if (exchange != null) {
			exchange.remember(id, null);
		}
	}

	static <T extends @Nullable Object> T await(CompletableFuture<T> reply) {
		try {
			return Replies.await(reply);
		}
		catch (RedisFailureException ex) {
			throw new SessionUnavailableException(ex);
		}
	}

}
