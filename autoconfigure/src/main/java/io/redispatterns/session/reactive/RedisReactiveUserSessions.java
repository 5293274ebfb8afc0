package io.redispatterns.session.reactive;

import java.util.Optional;

import io.redispatterns.session.ReactiveUserSessions;
import io.redispatterns.session.UserSession;
import io.redispatterns.session.store.SessionIds;
import io.redispatterns.session.store.StoredSession;
import io.redispatterns.session.store.UserIndex;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * {@link ReactiveUserSessions} over the index in Redis.
 */
final class RedisReactiveUserSessions implements ReactiveUserSessions {

	private final UserIndex index;

	RedisReactiveUserSessions(UserIndex index) {
		this.index = index;
	}

	@Override
	public Flux<UserSession> list(String user) {
		return Flux.deferContextual((context) -> {
			String current = handle(context).orElse("");
			return RedisWebSessions.mono(() -> this.index.list(user))
				.flatMapIterable((entries) -> entries)
				.map((entry) -> new UserSession(entry.handle(), entry.created(), entry.lastSeen(), entry.device(),
						entry.handle().equals(current)));
		});
	}

	@Override
	public Mono<Boolean> revoke(String user, String handle) {
		return SessionIds.isHandle(handle) ? RedisWebSessions.mono(() -> this.index.revoke(user, handle))
				: Mono.just(false);
	}

	@Override
	public Mono<Integer> revokeOthers(String user) {
		return Mono.deferContextual(
				(context) -> RedisWebSessions.mono(() -> this.index.revokeAll(user, handle(context).orElse(null))));
	}

	@Override
	public Mono<Integer> revokeAll(String user) {
		return RedisWebSessions.mono(() -> this.index.revokeAll(user, null));
	}

	private static Optional<String> handle(ContextView context) {
		return SessionExchange.of(context).map(SessionExchange::session).map(StoredSession::handle);
	}

}
