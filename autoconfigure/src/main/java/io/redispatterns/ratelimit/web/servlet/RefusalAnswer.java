package io.redispatterns.ratelimit.web.servlet;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.redispatterns.ratelimit.RateLimitExceededException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers a refusal of the early phase as the dispatcher would, also to a script of
 * another origin that may read what the application answers.
 */
final class RefusalAnswer {

	private final HandlerExceptionResolver resolver;

	private final Supplier<List<CorsConfigurationSource>> origins;

	private final CorsProcessor cors = new DefaultCorsProcessor();

	RefusalAnswer(HandlerExceptionResolver resolver, Supplier<List<CorsConfigurationSource>> origins) {
		this.resolver = resolver;
		this.origins = origins;
	}

	void answer(HttpServletRequest request, HttpServletResponse response, RateLimitExceededException ex)
			throws IOException {
		if (!isReadable(request, response)) {
			return;
		}
		ModelAndView answered = this.resolver.resolveException(request, response, null, ex);
		if (answered == null || !answered.isEmpty()) {
			HttpStatusCode status = (ex instanceof ErrorResponse error) ? error.getStatusCode()
					: HttpStatus.TOO_MANY_REQUESTS;
			response.sendError(status.value());
		}
	}

	private boolean isReadable(HttpServletRequest request, HttpServletResponse response) throws IOException {
		CorsConfiguration allowed = this.origins.get()
			.stream()
			.map((source) -> source.getCorsConfiguration(request))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		return allowed == null || this.cors.processRequest(allowed, request, response);
	}

}
