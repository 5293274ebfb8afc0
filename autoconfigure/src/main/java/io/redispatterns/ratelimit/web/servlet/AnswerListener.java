package io.redispatterns.ratelimit.web.servlet;

import io.redispatterns.ratelimit.web.RequestState;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Waits for the answer to a request that its thread has left.
 */
final class AnswerListener implements AsyncListener {

	private final RequestState state;

	private final HttpServletResponse response;

	AnswerListener(RequestState state, HttpServletResponse response) {
		this.state = state;
		this.response = response;
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.state.answered(this.response.getStatus());
	}

	@Override
	public void onTimeout(AsyncEvent event) {
	}

	@Override
	public void onError(AsyncEvent event) {
		this.state.answered(false);
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		event.getAsyncContext().addListener(this);
	}

}
