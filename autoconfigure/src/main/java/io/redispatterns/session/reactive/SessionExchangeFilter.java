package io.redispatterns.session.reactive;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

import io.redispatterns.redis.Failures;
import io.redispatterns.session.SessionUnavailableException;
import io.redispatterns.session.store.StoredSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * The first filter of a request: it tells the repository of it, and answers the client
 * when Redis does not answer.
 */
final class SessionExchangeFilter implements WebFilter, Ordered {

	private final @Nullable BiConsumer<ServerWebExchange, String> rolling;

	private final String cookie;

	/**
	 * Create the filter.
	 * @param cookie the name of the cookie
	 * @param rolling writes the cookie again when the use of a session is written,
	 * {@code null} for a cookie that a browser keeps until it is closed
	 */
	SessionExchangeFilter(String cookie, @Nullable BiConsumer<ServerWebExchange, String> rolling) {
		this.cookie = cookie;
		this.rolling = rolling;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 10;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		SessionExchange sessions = new SessionExchange(exchange, this::renew);
		return chain.filter(exchange)
			.contextWrite((context) -> context.put(SessionExchange.KEY, sessions))
			.onErrorResume((ex) -> find(ex) != null && !exchange.getResponse().isCommitted(),
					(ex) -> answer(exchange.getResponse(), ex));
	}

	private void renew(ServerWebExchange exchange, StoredSession session) {
		if (this.rolling != null) {
			this.rolling.accept(exchange, session.getId());
		}
	}

	private Mono<Void> answer(ServerHttpResponse response, Throwable ex) {
		SessionUnavailableException unavailable = find(ex);
		if (unavailable == null) {
			return Mono.error(ex);
		}
		// Set before the session was stored, or is when the response is committed
		response.beforeCommit(() -> Mono.fromRunnable(() -> response.getCookies().remove(this.cookie)));
		// A session that a handler could not store is stored again with the response,
		// once
		return write(response, unavailable).onErrorResume((again) -> find(again) != null && !response.isCommitted(),
				(again) -> write(response, unavailable));
	}

	private Mono<Void> write(ServerHttpResponse response, SessionUnavailableException unavailable) {
		response.getCookies().remove(this.cookie);
		response.setStatusCode(unavailable.getStatusCode());
		response.getHeaders().remove("Content-Length");
		unavailable.getHeaders().forEach((name, values) -> response.getHeaders().put(name, values));
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		byte[] body = unavailable.json().getBytes(StandardCharsets.UTF_8);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	private static @Nullable SessionUnavailableException find(Throwable ex) {
		return (Failures.find(ex,
				SessionUnavailableException.class::isInstance) instanceof SessionUnavailableException found) ? found
						: null;
	}

}
