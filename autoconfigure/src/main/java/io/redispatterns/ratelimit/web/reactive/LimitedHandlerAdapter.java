package io.redispatterns.ratelimit.web.reactive;

import java.util.List;
import java.util.function.Supplier;

import io.redispatterns.ratelimit.rule.LimitRule;
import io.redispatterns.ratelimit.rule.LimitRuleProperties.Phase;
import io.redispatterns.ratelimit.rule.LimitRules;
import io.redispatterns.ratelimit.rule.MethodLimits;
import io.redispatterns.ratelimit.web.PathLimits;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ServerWebExchange;

/**
 * Limits requests when it is known what answers them, and hands them on to the adapter
 * that would have had them.
 */
final class LimitedHandlerAdapter implements HandlerAdapter, Ordered {

	private final LimitRules rules;

	private final PathLimits paths;

	private final Decisions decisions;

	private final ReactiveCallers callers;

	private final Supplier<List<HandlerAdapter>> adapters;

	LimitedHandlerAdapter(LimitRules rules, PathLimits paths, Decisions decisions, ReactiveCallers callers,
			Supplier<List<HandlerAdapter>> adapters) {
		this.rules = rules;
		this.paths = paths;
		this.decisions = decisions;
		this.callers = callers;
		this.adapters = adapters;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public boolean supports(Object handler) {
		MethodLimits limits = limits(handler);
		return !limits.exempt() && !limits.isOfArguments()
				&& (!limits.rules().isEmpty() || !this.paths.isEmpty(Phase.LATE));
	}

	@Override
	public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
		Mono<HandlerResult> handled = Mono.defer(() -> delegate(handler).handle(exchange, handler));
		List<LimitRule> limits = CorsUtils.isPreFlightRequest(exchange.getRequest()) ? List.of()
				: rules(exchange, handler);
		if (limits.isEmpty() || !this.callers.state(exchange).enter()) {
			return handled;
		}
		return this.callers.of(exchange).flatMap((caller) -> this.decisions.admit(limits, caller).then(handled));
	}

	private List<LimitRule> rules(ServerWebExchange exchange, Object handler) {
		MethodLimits limits = limits(handler);
		return !limits.rules().isEmpty() ? limits.rules() : this.paths.match(Phase.LATE,
				exchange.getRequest().getMethod().name(), exchange.getRequest().getPath().pathWithinApplication());
	}

	private MethodLimits limits(Object handler) {
		return (handler instanceof HandlerMethod method) ? this.rules.of(method.getMethod(), method.getBeanType())
				: MethodLimits.NOTHING;
	}

	private HandlerAdapter delegate(Object handler) {
		return this.adapters.get()
			.stream()
			.filter((adapter) -> adapter != this && adapter.supports(handler))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No HandlerAdapter: " + handler));
	}

}
