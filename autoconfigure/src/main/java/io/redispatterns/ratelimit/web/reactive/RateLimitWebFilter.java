package io.redispatterns.ratelimit.web.reactive;

import java.util.List;

import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.rule.LimitRule;
import io.redispatterns.ratelimit.rule.LimitRuleProperties.Phase;
import io.redispatterns.ratelimit.web.PathLimits;
import io.redispatterns.ratelimit.web.RequestState;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Limits requests by the rules of the early phase, and ends what a request was given when
 * it is answered. Before Spring Security, whose filter has the order -100.
 */
final class RateLimitWebFilter implements WebFilter, Ordered {

	private static final int EARLY = -110;

	private final PathLimits paths;

	private final Decisions decisions;

	private final ReactiveCallers callers;

	private final RefusalAnswer refusals;

	RateLimitWebFilter(PathLimits paths, Decisions decisions, ReactiveCallers callers, RefusalAnswer refusals) {
		this.paths = paths;
		this.decisions = decisions;
		this.callers = callers;
		this.refusals = refusals;
	}

	@Override
	public int getOrder() {
		return EARLY;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		RequestState state = this.callers.state(exchange);
		return enter(exchange).flatMap((entered) -> entered ? chain.filter(exchange) : Mono.empty())
			.doFinally((signal) -> {
				HttpStatusCode status = exchange.getResponse().getStatusCode();
				state.answered(signal == SignalType.ON_COMPLETE && (status == null || !status.isError()));
			});
	}

	private Mono<Boolean> enter(ServerWebExchange exchange) {
		if (this.paths.isEmpty(Phase.EARLY) || CorsUtils.isPreFlightRequest(exchange.getRequest())) {
			return Mono.just(true);
		}
		List<LimitRule> rules = this.paths.match(Phase.EARLY, exchange.getRequest().getMethod().name(),
				exchange.getRequest().getPath().pathWithinApplication());
		if (rules.isEmpty()) {
			return Mono.just(true);
		}
		return this.decisions.admit(rules, this.callers.early(exchange))
			.thenReturn(true)
			.onErrorResume(RateLimitExceededException.class,
					(ex) -> this.refusals.answer(exchange, ex).thenReturn(false));
	}

}
