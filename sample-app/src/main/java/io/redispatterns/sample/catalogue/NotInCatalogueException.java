package io.redispatterns.sample.catalogue;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A track or album that the shop does not have; answered with status 404.
 */
public final class NotInCatalogueException extends ErrorResponseException {

	public NotInCatalogueException(String kind, int id) {
		super(HttpStatus.NOT_FOUND, ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND,
				"The catalogue has no %s %d".formatted(kind, id)), null);
	}

}
