package io.redispatterns.session;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A session was asked for that cannot be told or stored, because Redis does not answer. A
 * client is answered with 503, and keeps its cookie: the session is the same when Redis
 * is back.
 */
public final class SessionUnavailableException extends ErrorResponseException {

	/**
	 * Seconds after which a client may try again.
	 */
	private static final String RETRY_AFTER = "2";

	/**
	 * Create the exception.
	 * @param cause what Redis did
	 */
	public SessionUnavailableException(Throwable cause) {
		super(HttpStatus.SERVICE_UNAVAILABLE, problem(), cause);
		getHeaders().set("Retry-After", RETRY_AFTER);
		getHeaders().set("Cache-Control", "no-store");
	}

	private static ProblemDetail problem() {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
				"Sessions cannot be read or stored at the moment. Who was logged in still is; try again in a few seconds.");
		problem.setType(URI.create("urn:redis-patterns:session-unavailable"));
		problem.setTitle("Sessions are unavailable");
		return problem;
	}

	/**
	 * The problem as JSON.
	 * @return a document of the type {@code application/problem+json}
	 */
	public String json() {
		return "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}".formatted(getBody().getType(),
				getBody().getTitle(), getBody().getStatus(), getBody().getDetail());
	}

	@Override
	public String getMessage() {
		return "A session was asked for and Redis does not answer: the client is told to try again";
	}

}
