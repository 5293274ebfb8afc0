package io.redispatterns.redis;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Turns an {@link InvalidSettingException} into a description and an action.
 */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
		BindException bind = findCause(rootFailure, BindException.class);
		String description = String.valueOf(cause.getMessage());
		if (bind != null) {
			String key = fullKey(bind, cause.key());
			description = description.replace("'" + cause.key() + "'", "'" + key + "'");
		}
		return new FailureAnalysis("Property " + description + ".", cause.action(), cause);
	}

	private static String fullKey(BindException bind, @Nullable String relative) {
		return bind.getName() + "." + relative;
	}

}
