package io.redispatterns.ratelimit.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.policy.PolicyState;

import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponse;

/**
 * Has responses tell of decisions. Safe for use by many threads.
 */
public final class LimitResponses {

	private final LimitFields fields;

	private final boolean expose;

	/**
	 * Create the responses.
	 * @param properties what a response tells
	 */
	public LimitResponses(LimitHttpProperties properties) {
		this.fields = new LimitFields(properties.headers().style(), properties.headers().legacy());
		this.expose = properties.headers().expose();
	}

	/**
	 * The names of the fields that a response may have once.
	 * @return the names
	 */
	public List<String> names() {
		List<String> names = new ArrayList<>(this.fields.names());
		names.add(HttpHeaders.RETRY_AFTER);
		return names;
	}

	/**
	 * The value that lets scripts of another origin read the fields.
	 * @return the names, empty when they are not to be read
	 */
	public String exposed() {
		return this.expose ? String.join(", ", names()) : "";
	}

	/**
	 * Tell of decisions, that of a later one instead of an earlier one where both are of
	 * a policy.
	 * @param decisions the decisions on a request up to now
	 * @param headers sets a field
	 */
	public void tell(List<RateLimitDecision> decisions, BiConsumer<String, String> headers) {
		Map<String, PolicyState> states = new LinkedHashMap<>();
		decisions.forEach((decision) -> decision.policies().forEach((state) -> states.put(state.name(), state)));
		this.fields.of(List.copyOf(states.values())).forEach(headers);
	}

	/**
	 * Refuse a request.
	 * @param decisions the decisions on the request, the one that refuses it last
	 * @param headers sets a field
	 * @return the exception to throw, which has the fields too
	 */
	public RateLimitExceededException refuse(List<RateLimitDecision> decisions, BiConsumer<String, String> headers) {
		RefusedRequestException refusal = new RefusedRequestException(decisions.get(decisions.size() - 1));
		tell(decisions, refusal.getHeaders()::set);
		refusal.getHeaders().forEach((name, values) -> headers.accept(name, values.get(0)));
		return refusal;
	}

	/**
	 * What answers a refusal that was thrown by the application.
	 */
	ErrorResponse of(RateLimitDecision decision) {
		return (ErrorResponse) refuse(List.of(decision), (name, value) -> {
		});
	}

}
