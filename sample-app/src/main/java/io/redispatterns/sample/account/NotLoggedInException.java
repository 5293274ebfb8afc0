package io.redispatterns.sample.account;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request of somebody who is not logged in, or could not be; answered with status 401.
 */
final class NotLoggedInException extends ErrorResponseException {

	NotLoggedInException(String detail) {
		super(HttpStatus.UNAUTHORIZED, ProblemDetail.forStatusAndDetail(HttpStatus.UNAUTHORIZED, detail), null);
	}

}
