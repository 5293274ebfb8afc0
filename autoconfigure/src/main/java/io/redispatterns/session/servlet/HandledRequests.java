package io.redispatterns.session.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Tells when Spring MVC has handled a request. It then asks for the identifier of the
 * session, to tell who listens to such events; without Redis that is not to fail a
 * request that needed no session.
 */
final class HandledRequests implements HandlerInterceptor {

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception ex) {
		SessionExchange.current().ifPresent(SessionExchange::handled);
	}

}
