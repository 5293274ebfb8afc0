package io.redispatterns.ratelimit.http;

import java.util.Locale;

import io.redispatterns.ratelimit.RateLimitExceededException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceAware;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Answers a refused request, unless the application does: in Spring MVC and WebFlux, with
 * the texts of the application's message source where it has some.
 */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class RefusalAdvice implements MessageSourceAware {

	private final LimitResponses responses;

	private final boolean problem;

	private @Nullable MessageSource messages;

	/**
	 * Create the advice.
	 * @param responses what a response tells of limits
	 * @param properties whether a refusal has a body
	 */
	public RefusalAdvice(LimitResponses responses, LimitHttpProperties properties) {
		this.responses = responses;
		this.problem = properties.problem().enabled();
	}

	@Override
	public void setMessageSource(MessageSource messageSource) {
		this.messages = messageSource;
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> refuse(RateLimitExceededException ex, Locale locale) {
		ErrorResponse response = (ex instanceof ErrorResponse known) ? known : this.responses.of(ex.decision());
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(response.getStatusCode())
			.headers(response.getHeaders());
		return this.problem ? answer.body(response.updateAndGetBody(this.messages, locale)) : answer.build();
	}

}
