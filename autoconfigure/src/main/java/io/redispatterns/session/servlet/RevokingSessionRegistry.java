package io.redispatterns.session.servlet;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

import io.redispatterns.session.UserSession;
import io.redispatterns.session.UserSessions;
import io.redispatterns.session.store.StoredSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;

/**
 * Spring Security's view of the sessions of users on all nodes. A session that expires is
 * ended, so that no request has to ask whether it has: that costs none of them a command.
 * All users it lists as little as Spring Session's registry does: no key knows them.
 */
final class RevokingSessionRegistry implements SessionRegistry {

	private final UserSessions sessions;

	RevokingSessionRegistry(UserSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public List<Object> getAllPrincipals() {
		throw new UnsupportedOperationException("Sessions are known by the name of a user, and users are not listed");
	}

	@Override
	public List<SessionInformation> getAllSessions(Object principal, boolean includeExpiredSessions) {
		String user = UsernamePasswordAuthenticationToken.unauthenticated(principal, null).getName();
		return this.sessions.list(user)
			.stream()
			.<SessionInformation>map((session) -> new Revocable(principal, user, session))
			// Spring Security sorts it
			.collect(Collectors.toCollection(ArrayList::new));
	}

	@Override
	public @Nullable SessionInformation getSessionInformation(String sessionId) {
		return null;
	}

	@Override
	public void refreshLastRequest(String sessionId) {
	}

	@Override
	public void registerNewSession(String sessionId, Object principal) {
	}

	@Override
	public void removeSessionInformation(String sessionId) {
	}

	/**
	 * Spring Security compares identifiers with that of the request; those of others are
	 * not known.
	 */
	private static String id(UserSession session) {
		return SessionExchange.current()
			.map(SessionExchange::session)
			.filter((current) -> session.current())
			.map(StoredSession::getId)
			.orElse(session.handle());
	}

	private final class Revocable extends SessionInformation {

		private final transient String user;

		private final transient UserSession session;

		private Revocable(Object principal, String user, UserSession session) {
			super(principal, id(session), Date.from(session.lastSeen()));
			this.user = user;
			this.session = session;
		}

		@Override
		public void expireNow() {
			super.expireNow();
			RevokingSessionRegistry.this.sessions.revoke(this.user, this.session.handle());
		}

	}

}
