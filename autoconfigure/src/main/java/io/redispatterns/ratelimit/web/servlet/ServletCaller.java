package io.redispatterns.ratelimit.web.servlet;

import java.security.Principal;
import java.util.Collections;
import java.util.function.Consumer;

import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.client.ClientAddresses;
import io.redispatterns.ratelimit.web.RequestState;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The sender of a request to a servlet.
 *
 * @param request the request, as the current phase sees it
 * @param response the response
 * @param state what is known of its limits
 * @param addresses tell clients apart
 */
record ServletCaller(HttpServletRequest request, HttpServletResponse response, RequestState state,
		ClientAddresses addresses) implements Caller {

	/**
	 * Asks the request that the container made: Spring's filter for forwarded headers
	 * believes everybody.
	 */
	@Override
	public String address() {
		ServletRequest innermost = this.request;
		while (innermost instanceof ServletRequestWrapper wrapper) {
			innermost = wrapper.getRequest();
		}
		HttpServletRequest original = (HttpServletRequest) innermost;
		return this.addresses.of(original.getRemoteAddr(), (header) -> Collections.list(original.getHeaders(header)));
	}

	@Override
	public @Nullable String user() {
		Principal principal = this.request.getUserPrincipal();
		return (principal != null && StringUtils.hasLength(principal.getName())) ? principal.getName() : null;
	}

	@Override
	public boolean hasRole(String role) {
		return this.request.isUserInRole(role);
	}

	@Override
	public @Nullable String header(String name) {
		return this.request.getHeader(name);
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
			this.response.addHeader(name, value);
		}
		else {
			this.response.setHeader(name, value);
		}
	}

}
