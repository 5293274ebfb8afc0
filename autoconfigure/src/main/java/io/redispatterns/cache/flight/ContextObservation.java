package io.redispatterns.cache.flight;

import java.util.concurrent.Callable;

import io.micrometer.context.ContextSnapshotFactory;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is known on a thread, such as its observation, to another one.
 */
final class ContextObservation {

	private static final ContextSnapshotFactory FACTORY = ContextSnapshotFactory.builder().build();

	private ContextObservation() {
	}

	static <T extends @Nullable Object> Callable<T> carry(Callable<T> loader) {
		return FACTORY.captureAll().wrap(loader);
	}

}
