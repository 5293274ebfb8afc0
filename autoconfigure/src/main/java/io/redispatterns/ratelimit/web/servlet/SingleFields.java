package io.redispatterns.ratelimit.web.servlet;

import java.util.Set;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.springframework.http.HttpHeaders;

/**
 * A response that has each field of limits once: they are set when a request is refused,
 * so that they are there whatever answers it, and Spring adds those of the exception.
 */
final class SingleFields extends HttpServletResponseWrapper {

	private final Set<String> names;

	SingleFields(HttpServletResponse response, Set<String> names) {
		super(response);
		this.names = names;
	}

	@Override
	public void addHeader(String name, String value) {
		if (this.names.contains(name)) {
			setHeader(name, value);
		}
		else if (!HttpHeaders.CACHE_CONTROL.equalsIgnoreCase(name) || !value.equals(getHeader(name))) {
			super.addHeader(name, value);
		}
	}

}
