package io.redispatterns.ratelimit.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitDecision.Outcome;
import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.policy.PolicyState;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

/**
 * A refused request, as Spring's own machinery for errors knows it. Its message codes are
 * those of {@link RateLimitExceededException}; their arguments are the policies and the
 * seconds after which to retry.
 */
final class RefusedRequestException extends RateLimitExceededException implements ErrorResponse {

	private static final String TYPES = "https://iana.org/assignments/http-problem-types#";

	private final transient HttpHeaders headers = new HttpHeaders();

	private final transient ProblemDetail body;

	private final transient Object[] arguments;

	RefusedRequestException(RateLimitDecision decision) {
		super(decision);
		boolean failure = decision.outcome() == Outcome.DEGRADED_DENIED;
		List<String> policies = decision.violated().stream().map(PolicyState::name).toList();
		long seconds = Math.max(1, LimitFields.seconds(decision.retryAfter()));
		this.arguments = new Object[] { String.join(", ", policies), seconds };
		this.body = ProblemDetail.forStatus(failure ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.TOO_MANY_REQUESTS);
		this.headers.setCacheControl(CacheControl.noStore());
		if (!decision.retryAfter().isZero()) {
			this.headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
		}
		describe(decision.outcome(), policies, seconds, decision.retryAfter());
	}

	private void describe(Outcome outcome, List<String> policies, long seconds, Duration retryAfter) {
		if (outcome == Outcome.DEGRADED_DENIED) {
			this.body.setType(URI.create(TYPES + "temporary-reduced-capacity"));
			this.body.setTitle("Temporarily reduced capacity");
			this.body.setDetail("The request cannot be counted at the moment.");
			return;
		}
		boolean blocked = outcome == Outcome.BLOCKED;
		this.body.setType(URI.create(TYPES + (blocked ? "abnormal-usage-detected" : "quota-exceeded")));
		this.body.setTitle(blocked ? "Abnormal usage detected"
				: "Request cannot be satisfied as assigned quota has been exceeded");
		this.body.setProperty("violated-policies", policies);
		if (retryAfter.isZero()) {
			this.body.setDetail("The request asks for more than is ever given at once.");
			return;
		}
		this.body.setDetail("Retry after %d %s.".formatted(seconds, (seconds != 1) ? "seconds" : "second"));
		this.body.setProperty("retryAfterMillis", retryAfter.plusNanos(999_999).toMillis());
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return HttpStatusCode.valueOf(this.body.getStatus());
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public ProblemDetail getBody() {
		return this.body;
	}

	@Override
	public String getTypeMessageCode() {
		return ErrorResponse.getDefaultTypeMessageCode(RateLimitExceededException.class);
	}

	@Override
	public String getTitleMessageCode() {
		return ErrorResponse.getDefaultTitleMessageCode(RateLimitExceededException.class);
	}

	@Override
	public String getDetailMessageCode() {
		return ErrorResponse.getDefaultDetailMessageCode(RateLimitExceededException.class, null);
	}

	@Override
	public Object[] getDetailMessageArguments() {
		return this.arguments;
	}

}
