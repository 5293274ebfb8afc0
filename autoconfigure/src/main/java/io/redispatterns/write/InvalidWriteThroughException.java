package io.redispatterns.write;

import java.lang.reflect.Method;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A {@code @WriteThrough} that cannot be carried out. Stops the start where that can be
 * told from the annotation, else fails the call of the method.
 */
public final class InvalidWriteThroughException extends IllegalStateException {

	private final String action;

	InvalidWriteThroughException(Method method, String reason, String action) {
		super("@WriteThrough on '%s.%s' %s".formatted(method.getDeclaringClass().getName(), method.getName(), reason));
		this.action = action;
	}

	/**
	 * Turns the exception into a description and an action.
	 */
	static final class Analyzer extends AbstractFailureAnalyzer<InvalidWriteThroughException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, InvalidWriteThroughException cause) {
			return new FailureAnalysis(cause.getMessage() + ".", cause.action, cause);
		}

	}

}
