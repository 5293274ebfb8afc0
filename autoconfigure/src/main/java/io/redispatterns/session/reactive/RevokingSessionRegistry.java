package io.redispatterns.session.reactive;

import io.redispatterns.session.ReactiveUserSessions;
import io.redispatterns.session.UserSession;
import io.redispatterns.session.store.StoredSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.session.ReactiveSessionInformation;
import org.springframework.security.core.session.ReactiveSessionRegistry;

/**
 * Spring Security's view of the sessions of users on all nodes. A session that is
 * invalidated is ended, so that no request has to ask whether it was.
 */
final class RevokingSessionRegistry implements ReactiveSessionRegistry {

	private final ReactiveUserSessions sessions;

	RevokingSessionRegistry(ReactiveUserSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public Flux<ReactiveSessionInformation> getAllSessions(Object principal) {
		String user = UsernamePasswordAuthenticationToken.unauthenticated(principal, null).getName();
		return Flux.deferContextual((context) -> {
			// Spring Security compares identifiers with that of the request; those of
			// others are not known
			String current = SessionExchange.of(context)
				.map(SessionExchange::session)
				.map(StoredSession::getId)
				.orElse("");
			return this.sessions.list(user)
				.map((session) -> new Revocable(principal, user, session.current() ? current : session.handle(),
						session));
		});
	}

	@Override
	public Mono<Void> saveSessionInformation(ReactiveSessionInformation information) {
		return Mono.empty();
	}

	@Override
	public Mono<ReactiveSessionInformation> getSessionInformation(String sessionId) {
		return Mono.empty();
	}

	@Override
	public Mono<ReactiveSessionInformation> removeSessionInformation(String sessionId) {
		return Mono.empty();
	}

	@Override
	public Mono<ReactiveSessionInformation> updateLastAccessTime(String sessionId) {
		return Mono.empty();
	}

	private final class Revocable extends ReactiveSessionInformation {

		private final transient String user;

		private final transient String handle;

		private Revocable(Object principal, String user, String id, UserSession session) {
			super(principal, id, session.lastSeen());
			this.user = user;
			this.handle = session.handle();
		}

		@Override
		public Mono<Void> invalidate() {
			return super.invalidate().then(RevokingSessionRegistry.this.sessions.revoke(this.user, this.handle)).then();
		}

	}

}
