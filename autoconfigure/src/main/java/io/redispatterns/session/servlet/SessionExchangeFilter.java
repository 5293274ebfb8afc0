package io.redispatterns.session.servlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.redispatterns.redis.Failures;
import io.redispatterns.session.SessionUnavailableException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A filter around that of Spring Session: it tells the repository of the request, and
 * answers the client when Redis does not answer.
 */
final class SessionExchangeFilter extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		SessionExchange outer = SessionExchange.enter(request, response);
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException | IOException | RuntimeException ex) {
			Throwable found = Failures.find(ex, SessionUnavailableException.class::isInstance);
			if (!(found instanceof SessionUnavailableException unavailable) || response.isCommitted()) {
				throw ex;
			}
			answer(response, unavailable);
		}
		finally {
			SessionExchange.leave(outer);
		}
	}

	private static void answer(HttpServletResponse response, SessionUnavailableException unavailable)
			throws IOException {
		Map<String, List<String>> kept = new LinkedHashMap<>();
		for (String name : response.getHeaderNames()) {
			// A page of another origin is to see the answer, too
			if (name.startsWith("Access-Control-") || name.equals("Vary")) {
				kept.put(name, new ArrayList<>(response.getHeaders(name)));
			}
		}
		response.reset();
		kept.forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
		unavailable.getHeaders().forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
		response.setStatus(unavailable.getStatusCode().value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		byte[] body = unavailable.json().getBytes(StandardCharsets.UTF_8);
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	@Override
	protected void doFilterNestedErrorDispatch(HttpServletRequest request, HttpServletResponse response,
			FilterChain chain) throws ServletException, IOException {
		doFilterInternal(request, response, chain);
	}

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	/**
	 * The handle of the session of the current request.
	 */
	static @Nullable String currentHandle() {
		return SessionExchange.current().map(SessionExchange::session).map((session) -> session.handle()).orElse(null);
	}

}
