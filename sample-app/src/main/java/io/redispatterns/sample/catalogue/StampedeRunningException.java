package io.redispatterns.sample.catalogue;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A stampede that was asked for while another one runs; answered with status 409.
 */
final class StampedeRunningException extends ErrorResponseException {

	StampedeRunningException() {
		super(HttpStatus.CONFLICT, ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT,
				"A stampede is running on this node. Ask again when it has ended."), null);
	}

}
