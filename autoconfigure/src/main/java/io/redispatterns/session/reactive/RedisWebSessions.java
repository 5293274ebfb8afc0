package io.redispatterns.session.reactive;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.session.SessionUnavailableException;
import io.redispatterns.session.store.Sessions;
import io.redispatterns.session.store.StoredSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.session.ReactiveSessionRepository;

/**
 * Spring Session's reactive repository over the sessions in Redis.
 */
final class RedisWebSessions implements ReactiveSessionRepository<StoredSession> {

	private final Sessions sessions;

	RedisWebSessions(Sessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public Mono<StoredSession> createSession() {
		return Mono.deferContextual((context) -> {
			StoredSession session = this.sessions.begin();
			SessionExchange.of(context).ifPresent((exchange) -> {
				session.usedWith(exchange.device());
				exchange.remember(session);
			});
			return Mono.just(session);
		});
	}

	@Override
	public Mono<Void> save(StoredSession session) {
		return Mono.deferContextual((context) -> mono(() -> this.sessions.save(session)).doOnNext((used) -> {
			if (used) {
				SessionExchange.of(context).ifPresent((exchange) -> exchange.used(session));
			}
		}).then());
	}

	@Override
	public Mono<StoredSession> findById(String id) {
		return Mono.deferContextual((context) -> mono(() -> this.sessions.find(id))
			.doOnNext((session) -> SessionExchange.of(context).ifPresent((exchange) -> exchange.remember(session))));
	}

	@Override
	public Mono<Void> deleteById(String id) {
		return Mono.deferContextual((context) -> {
			StoredSession known = SessionExchange.of(context).map(SessionExchange::session).orElse(null);
			return mono(() -> (known != null && known.getId().equals(id)) ? this.sessions.end(known)
					: this.sessions.end(id));
		}).then();
	}

	static <T> Mono<T> mono(Supplier<? extends CompletableFuture<? extends @Nullable T>> reply) {
		return Mono.<T>fromFuture(() -> reply.get().thenApply((value) -> value))
			.onErrorMap(RedisFailureException.class, SessionUnavailableException::new);
	}

}
