package io.redispatterns.session.servlet;

import io.redispatterns.redis.Failures;
import io.redispatterns.session.SessionUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Hands a session that is unavailable on to the filter that answers, before a handler of
 * the application for all exceptions makes an error of it.
 */
final class UnavailableSessionResolver implements HandlerExceptionResolver, Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (Failures.find(ex,
				SessionUnavailableException.class::isInstance) instanceof SessionUnavailableException found) {
			throw found;
		}
		return null;
	}

}
