package io.redispatterns.ratelimit.web.reactive;

import java.net.InetSocketAddress;
import java.util.List;

import io.redispatterns.ratelimit.client.ClientAddresses;
import io.redispatterns.ratelimit.web.RequestState;
import io.redispatterns.ratelimit.web.WebCaller;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * The sender of a request to WebFlux, as the current phase sees it.
 */
final class ReactiveCaller extends WebCaller {

	private final ServerWebExchange exchange;

	private final Identity identity;

	private final ClientAddresses addresses;

	ReactiveCaller(ServerWebExchange exchange, Identity identity, RequestState state, ClientAddresses addresses) {
		super(state);
		this.exchange = exchange;
		this.identity = identity;
		this.addresses = addresses;
	}

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
	protected void setField(String name, String value) {
		this.exchange.getResponse().getHeaders().set(name, value);
	}

	@Override
	protected void addField(String name, String value) {
		this.exchange.getResponse().getHeaders().add(name, value);
	}

}
