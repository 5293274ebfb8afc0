package io.redispatterns.sample.catalogue;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request parameter that cannot be understood; answered with status 400.
 */
final class InvalidParameterException extends ErrorResponseException {

	InvalidParameterException(String parameter, String reason) {
		super(HttpStatus.BAD_REQUEST, problem(parameter, reason), null);
	}

	private static ProblemDetail problem(String parameter, String reason) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
				"'%s' %s".formatted(parameter, reason));
		problem.setProperty("parameter", parameter);
		return problem;
	}

}
