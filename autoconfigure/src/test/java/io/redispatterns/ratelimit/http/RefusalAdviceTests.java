package io.redispatterns.ratelimit.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.redispatterns.ratelimit.Permit;
import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitDecision.Outcome;
import io.redispatterns.ratelimit.RateLimitDecision.Source;
import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.http.LimitHttpProperties.Headers;
import io.redispatterns.ratelimit.http.LimitHttpProperties.Problem;
import io.redispatterns.ratelimit.policy.PolicyState;
import io.redispatterns.ratelimit.policy.RateLimitPolicy;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.StaticMessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RefusalAdvice}.
 */
class RefusalAdviceTests {

	private static final PolicyState STATE = new PolicyState(RateLimitPolicy.of("search", 100, Duration.ofMinutes(1)),
			false, 0, Duration.ofNanos(6_420_000_001L), Duration.ofSeconds(60));

	private static RateLimitDecision decision(Outcome outcome, Duration blockedFor) {
		List<PolicyState> states = (outcome == Outcome.DEGRADED_DENIED) ? List.of() : List.of(STATE);
		return new RateLimitDecision(outcome, Source.REDIS, states, blockedFor, Permit.NONE);
	}

	private static RefusalAdvice advice(boolean problem) {
		LimitHttpProperties properties = new LimitHttpProperties(new Headers(HeaderStyle.DRAFT_10, false, true),
				new Problem(problem));
		return new RefusalAdvice(new LimitResponses(properties), properties);
	}

	private static ProblemDetail body(ResponseEntity<ProblemDetail> answer) {
		return Objects.requireNonNull(answer.getBody());
	}

	@Test
	void answersProblemWithHonestTimes() {
		ResponseEntity<ProblemDetail> answer = advice(true)
			.refuse(new RateLimitExceededException(decision(Outcome.DENIED, Duration.ZERO)), Locale.ROOT);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
		assertThat(answer.getHeaders().toSingleValueMap())
			.containsAllEntriesOf(Map.of("Retry-After", "7", "Cache-Control", "no-store", "RateLimit",
					"\"search\";r=0;t=7", "RateLimit-Policy", "\"search\";q=100;w=60"));
		assertThat(body(answer).getType())
			.hasToString("https://iana.org/assignments/http-problem-types#quota-exceeded");
		assertThat(body(answer).getProperties())
			.containsAllEntriesOf(Map.of("violated-policies", List.of("search"), "retryAfterMillis", 6421L));
	}

	@Test
	void tellsBlockFromExceededQuota() {
		ResponseEntity<ProblemDetail> answer = advice(true)
			.refuse(new RateLimitExceededException(decision(Outcome.BLOCKED, Duration.ofMinutes(5))), Locale.ROOT);
		assertThat(body(answer).getType()).hasFragment("abnormal-usage-detected");
		assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("300");
	}

	@Test
	void answersWantOfRedisAsFailure() {
		ResponseEntity<ProblemDetail> answer = advice(true)
			.refuse(new RateLimitExceededException(decision(Outcome.DEGRADED_DENIED, Duration.ZERO)), Locale.ROOT);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(body(answer).getType()).hasFragment("temporary-reduced-capacity");
		assertThat(answer.getHeaders().containsHeader("RateLimit")).isFalse();
	}

	@Test
	void takesTextsOfTheApplication() {
		StaticMessageSource messages = new StaticMessageSource();
		messages.addMessage("problemDetail.title." + RateLimitExceededException.class.getName(), Locale.GERMAN,
				"Zu viele Anfragen");
		messages.addMessage("problemDetail." + RateLimitExceededException.class.getName(), Locale.GERMAN,
				"Limit {0}, wieder in {1} s");
		RefusalAdvice advice = advice(true);
		advice.setMessageSource(messages);
		ProblemDetail body = body(
				advice.refuse(new RateLimitExceededException(decision(Outcome.DENIED, Duration.ZERO)), Locale.GERMAN));
		assertThat(body.getTitle()).isEqualTo("Zu viele Anfragen");
		assertThat(body.getDetail()).isEqualTo("Limit search, wieder in 7 s");
	}

	@Test
	void answersWithoutBodyWhenToldSo() {
		ResponseEntity<ProblemDetail> answer = advice(false)
			.refuse(new RateLimitExceededException(decision(Outcome.DENIED, Duration.ZERO)), Locale.ROOT);
		assertThat(answer.getBody()).isNull();
		assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("7");
	}

}
