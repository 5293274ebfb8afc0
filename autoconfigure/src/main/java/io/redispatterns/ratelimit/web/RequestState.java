package io.redispatterns.ratelimit.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.redispatterns.ratelimit.RateLimitDecision;
import io.redispatterns.ratelimit.http.LimitResponses;

import org.springframework.http.HttpHeaders;

/**
 * What is known of the limits of one request, over all its phases and dispatches.
 */
public final class RequestState {

	/**
	 * Name of the attribute of a request that holds its state.
	 */
	public static final String ATTRIBUTE = RequestState.class.getName();

	private static final int FIRST_FAILURE = 400;

	private final LimitResponses responses;

	private final boolean crossOrigin;

	private final List<RateLimitDecision> decisions = new ArrayList<>(2);

	private final List<Consumer<Boolean>> actions = new ArrayList<>(2);

	private boolean entered;

	private boolean answered;

	/**
	 * Create the state.
	 * @param responses what a response tells
	 * @param crossOrigin whether the request says that it is of another origin
	 */
	public RequestState(LimitResponses responses, boolean crossOrigin) {
		this.responses = responses;
		this.crossOrigin = crossOrigin;
	}

	LimitResponses responses() {
		return this.responses;
	}

	/**
	 * Add a decision. With the first, scripts of another origin may read the fields.
	 */
	synchronized void add(RateLimitDecision decision, BiConsumer<String, String> fields) {
		String exposed = this.responses.exposed();
		if (this.crossOrigin && this.decisions.isEmpty() && !exposed.isEmpty()) {
			fields.accept(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
		}
		this.decisions.add(decision);
	}

	synchronized List<RateLimitDecision> decisions() {
		return List.copyOf(this.decisions);
	}

	/**
	 * Have something done when the request is answered, at once when nobody waits for its
	 * answer any more.
	 * @param action what to do; told whether the answer is a success
	 */
	public void whenAnswered(Consumer<Boolean> action) {
		synchronized (this) {
			if (!this.answered) {
				this.actions.add(action);
				return;
			}
		}
		action.accept(false);
	}

	/**
	 * The request is answered, which has an effect once.
	 * @param status the status of the answer
	 */
	public void answered(int status) {
		answered(status < FIRST_FAILURE);
	}

	/**
	 * The request is answered, which has an effect once.
	 * @param succeeded whether the answer is a success
	 */
	public void answered(boolean succeeded) {
		List<Consumer<Boolean>> due;
		synchronized (this) {
			this.answered = true;
			due = List.copyOf(this.actions);
			this.actions.clear();
		}
		due.forEach((action) -> action.accept(succeeded));
	}

	/**
	 * Enter the late phase.
	 * @return {@code false} when the request has been there before
	 */
	public synchronized boolean enter() {
		boolean first = !this.entered;
		this.entered = true;
		return first;
	}

}
