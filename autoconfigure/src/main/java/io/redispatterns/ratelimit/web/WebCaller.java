package io.redispatterns.ratelimit.web;

import java.util.function.Consumer;

import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.client.Caller;

/**
 * The sender of a request over HTTP.
 */
public abstract class WebCaller implements Caller {

	private final RequestState state;

	/**
	 * Create the caller.
	 * @param state what is known of the limits of the request
	 */
	protected WebCaller(RequestState state) {
		this.state = state;
	}

	/**
	 * Set a field of the response.
	 * @param name the name
	 * @param value the value, in place of any other
	 */
	protected abstract void setField(String name, String value);

	/**
	 * Add to a field of the response.
	 * @param name the name
	 * @param value the value, beside others
	 */
	protected abstract void addField(String name, String value);

	@Override
	public final void tell(RateLimitDecision decision) {
		this.state.add(decision, this::addField);
		this.state.responses().tell(this.state.decisions(), this::setField);
	}

	@Override
	public final RateLimitExceededException refusal(RateLimitDecision decision) {
		this.state.add(decision, this::addField);
		return this.state.responses().refuse(this.state.decisions(), this::setField);
	}

	@Override
	public final boolean whenAnswered(Consumer<Boolean> action) {
		this.state.whenAnswered(action);
		return true;
	}

}
