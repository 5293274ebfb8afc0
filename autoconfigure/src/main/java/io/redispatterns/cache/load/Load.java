package io.redispatterns.cache.load;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * What a caller wants loaded.
 *
 * @param waited how long he has waited for the read, in nanoseconds
 * @param passing whether he goes past the guard, which may have admitted a loader that
 * waits for him
 */
record Load(byte[] entry, Callable<? extends @Nullable Object> loader, long waited, boolean passing) {

	/**
	 * The same after a further wait.
	 */
	Load after(long nanos) {
		return new Load(this.entry, this.loader, this.waited + nanos, this.passing);
	}

	Load alone() {
		return new Load(this.entry, this.loader, this.waited, true);
	}

}
