package io.redispatterns.codec;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Turns a type that a codec refuses at start into a description and an action.
 */
final class ValueCodecFailureAnalyzer extends AbstractFailureAnalyzer<ValueCodecException> {

	private static final String ACTION = """
			Do one of these:
			  - let the annotated methods return a concrete or sealed type, or lists, sets or maps of one;
			  - give values of another type a cache of their own;
			  - set the type of the values by 'redis.cache.caches.<name>.type';
			  - allow the classes that values of an open type may be of in 'redis.codec.allowed-types'.""";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ValueCodecException cause) {
		return new FailureAnalysis("Values would be stored that could not be restored: " + cause.getMessage() + ".",
				ACTION, cause);
	}

}
