package io.redispatterns.ratelimit.web.reactive;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.redispatterns.ratelimit.RateLimitExceededException;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsProcessor;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers a refusal of the early phase as the dispatcher would: by what handles the
 * exceptions of handler methods, also to a script of another origin that may read what
 * the application answers.
 */
final class RefusalAnswer {

	private final Supplier<List<DispatchExceptionHandler>> handlers;

	private final Supplier<List<HandlerResultHandler>> results;

	private final Supplier<List<CorsConfigurationSource>> origins;

	private final CorsProcessor cors = new DefaultCorsProcessor();

	RefusalAnswer(Supplier<List<DispatchExceptionHandler>> handlers, Supplier<List<HandlerResultHandler>> results,
			Supplier<List<CorsConfigurationSource>> origins) {
		this.handlers = handlers;
		this.results = results;
		this.origins = origins;
	}

	Mono<Void> answer(ServerWebExchange exchange, RateLimitExceededException ex) {
		if (!isReadable(exchange)) {
			return exchange.getResponse().setComplete();
		}
		Mono<HandlerResult> handled = Mono.error(ex);
		for (DispatchExceptionHandler handler : this.handlers.get()) {
			handled = handled.onErrorResume((failure) -> handler.handleError(exchange, failure));
		}
		return handled.flatMap((result) -> write(exchange, result))
			.onErrorResume(RateLimitExceededException.class, (unhandled) -> {
				HttpStatusCode status = (unhandled instanceof ErrorResponse error) ? error.getStatusCode()
						: HttpStatus.TOO_MANY_REQUESTS;
				exchange.getResponse().setStatusCode(status);
				return exchange.getResponse().setComplete();
			});
	}

	private boolean isReadable(ServerWebExchange exchange) {
		CorsConfiguration allowed = this.origins.get()
			.stream()
			.map((source) -> source.getCorsConfiguration(exchange))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		return allowed == null || this.cors.process(allowed, exchange);
	}

	private Mono<Void> write(ServerWebExchange exchange, HandlerResult result) {
		for (HandlerResultHandler handler : this.results.get()) {
			if (handler.supports(result)) {
				return handler.handleResult(exchange, result);
			}
		}
		return Mono.error(new IllegalStateException("Nothing handles the result of an exception handler: " + result));
	}

}
