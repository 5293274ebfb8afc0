package io.redispatterns.ratelimit.web.servlet;

import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.client.CallerSource;
import io.redispatterns.ratelimit.client.ClientAddresses;
import io.redispatterns.ratelimit.web.RequestState;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Knows who sends a request that has passed {@link RateLimitFilter}.
 */
final class ServletCallers implements CallerSource {

	private final ClientAddresses addresses;

	ServletCallers(ClientAddresses addresses) {
		this.addresses = addresses;
	}

	@Override
	public @Nullable Caller current() {
		if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
			return null;
		}
		HttpServletResponse response = attributes.getResponse();
		RequestState state = state(attributes.getRequest());
		return (response != null && state != null) ? of(attributes.getRequest(), response, state) : null;
	}

	Caller of(HttpServletRequest request, HttpServletResponse response, RequestState state) {
		return new ServletCaller(request, response, state, this.addresses);
	}

	static @Nullable RequestState state(HttpServletRequest request) {
		return (RequestState) request.getAttribute(RequestState.ATTRIBUTE);
	}

}
