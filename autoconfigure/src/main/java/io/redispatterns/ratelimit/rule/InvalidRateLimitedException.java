package io.redispatterns.ratelimit.rule;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A rate limit of a method or of a path that cannot be enforced. Stops the start where
 * that can be told, else fails the call.
 */
public final class InvalidRateLimitedException extends IllegalStateException {

	private final String action;

	/**
	 * Create the exception.
	 * @param where what is limited
	 * @param reason what is wrong with it, as the rest of the sentence
	 * @param action the way out, as a full sentence
	 */
	public InvalidRateLimitedException(String where, String reason, String action) {
		super(where + " " + reason);
		this.action = action;
	}

	/**
	 * Turns the exception into a description and an action.
	 */
	static final class Analyzer extends AbstractFailureAnalyzer<InvalidRateLimitedException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, InvalidRateLimitedException cause) {
			return new FailureAnalysis(cause.getMessage() + ".", cause.action, cause);
		}

	}

}
