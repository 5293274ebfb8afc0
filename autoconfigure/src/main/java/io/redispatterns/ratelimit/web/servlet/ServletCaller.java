package io.redispatterns.ratelimit.web.servlet;

import java.security.Principal;
import java.util.Collections;

import io.redispatterns.ratelimit.client.ClientAddresses;
import io.redispatterns.ratelimit.web.RequestState;
import io.redispatterns.ratelimit.web.WebCaller;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The sender of a request to a servlet, as the current phase sees it.
 */
final class ServletCaller extends WebCaller {

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	private final ClientAddresses addresses;

	ServletCaller(HttpServletRequest request, HttpServletResponse response, RequestState state,
			ClientAddresses addresses) {
		super(state);
		this.request = request;
		this.response = response;
		this.addresses = addresses;
	}

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
	protected void setField(String name, String value) {
		this.response.setHeader(name, value);
	}

	@Override
	protected void addField(String name, String value) {
		this.response.addHeader(name, value);
	}

}
