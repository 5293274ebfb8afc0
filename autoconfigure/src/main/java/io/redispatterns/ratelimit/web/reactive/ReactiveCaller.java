package io.redispatterns.ratelimit.web.reactive;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;

import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.client.ClientAddresses;
import io.redispatterns.ratelimit.web.RequestState;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * The sender of a request to WebFlux.
 *
 * @param exchange the request and its response
 * @param identity the user
 * @param state what is known of the limits of the request
 * @param addresses tell clients apart
 */
record ReactiveCaller(ServerWebExchange exchange, Identity identity, RequestState state,
		ClientAddresses addresses) implements Caller {

	@Override
	public String address() {
		ServerHttpRequest request = this.exchange.getRequest();
		InetSocketAddress peer = request.getRemoteAddress();
		return this.addresses.of(
				(peer != null && peer.getAddress() != null) ? peer.getAddress().getHostAddress() : null,
				(header) -> request.getHeaders().getOrDefault(header, List.of()));
	}

	@Override
	public @Nullable String user() {
		return this.identity.name();
	}

	@Override
	public boolean hasRole(String role) {
		return this.identity.roles().contains(role);
	}

	@Override
	public @Nullable String header(String name) {
		return this.exchange.getRequest().getHeaders().getFirst(name);
	}

	@Override
	public void tell(RateLimitDecision decision) {
		this.state.tell(decision, this::setHeader);
	}

	@Override
	public boolean whenAnswered(Consumer<Boolean> action) {
		this.state.whenAnswered(action);
		return true;
	}

	@Override
	public RateLimitExceededException refusal(RateLimitDecision decision) {
		return this.state.refuse(decision, this::setHeader);
	}

	private void setHeader(String name, String value) {
		if (name.startsWith("Access-Control-")) {
			this.exchange.getResponse().getHeaders().add(name, value);
		}
		else {
			this.exchange.getResponse().getHeaders().set(name, value);
		}
	}

}
