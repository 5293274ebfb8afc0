package io.redispatterns.ratelimit.web.reactive;

import java.security.Principal;
import java.util.function.Function;

import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.client.ClientAddresses;
import io.redispatterns.ratelimit.client.ReactiveCallerSource;
import io.redispatterns.ratelimit.http.LimitResponses;
import io.redispatterns.ratelimit.web.RequestState;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Knows who sends a request. As a filter behind that of Spring Security, it has all that
 * a request subscribes to know it too.
 */
final class ReactiveCallers implements ReactiveCallerSource, WebFilter {

	private final ClientAddresses addresses;

	private final LimitResponses responses;

	private final Function<Principal, Identity> identities;

	ReactiveCallers(ClientAddresses addresses, LimitResponses responses, Function<Principal, Identity> identities) {
		this.addresses = addresses;
		this.responses = responses;
		this.identities = identities;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return chain.filter(exchange).contextWrite((context) -> context.put(ReactiveCallers.class, exchange));
	}

	@Override
	public Mono<Caller> of(ContextView context) {
		return context.<ServerWebExchange>getOrEmpty(ReactiveCallers.class).map(this::of).orElseGet(Mono::empty);
	}

	/**
	 * The sender of a request, when it is known who the user is.
	 */
	Mono<Caller> of(ServerWebExchange exchange) {
		return exchange.getPrincipal()
			.map(this.identities)
			.defaultIfEmpty(Identity.NONE)
			.map((identity) -> new ReactiveCaller(exchange, identity, state(exchange), this.addresses));
	}

	/**
	 * The sender of a request, before it is known who the user is.
	 */
	Caller early(ServerWebExchange exchange) {
		return new ReactiveCaller(exchange, Identity.NONE, state(exchange), this.addresses);
	}

	RequestState state(ServerWebExchange exchange) {
		return (RequestState) exchange.getAttributes()
			.computeIfAbsent(RequestState.ATTRIBUTE, (name) -> new RequestState(this.responses,
					exchange.getRequest().getHeaders().containsHeader(HttpHeaders.ORIGIN)));
	}

}
