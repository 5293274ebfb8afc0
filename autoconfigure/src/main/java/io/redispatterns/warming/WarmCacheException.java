package io.redispatterns.warming;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A {@link WarmCache} that cannot be used. Stops the start; the failure analysis names
 * the bean, the method, the reason and the way out.
 */
final class WarmCacheException extends IllegalStateException {

	private final String action;

	/**
	 * Create the exception.
	 * @param bean name of the bean
	 * @param method the annotated method
	 * @param reason what is wrong, as the end of a sentence
	 * @param action what to do instead, as a full sentence
	 * @param cause what was thrown, if anything was
	 */
	WarmCacheException(String bean, Method method, String reason, String action, @Nullable Throwable cause) {
		super("@WarmCache of bean '%s', method '%s.%s': %s".formatted(bean, method.getDeclaringClass().getName(),
				method.getName(), reason), cause);
		this.action = action;
	}

	/**
	 * The way out.
	 */
	String action() {
		return this.action;
	}

	/**
	 * Turns the exception into a description and an action.
	 */
	static final class Analyzer extends AbstractFailureAnalyzer<WarmCacheException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, WarmCacheException cause) {
			return new FailureAnalysis(cause.getMessage() + ".", cause.action(), cause);
		}

	}

}
