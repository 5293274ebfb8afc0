package io.redispatterns.test;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Waits for a state of servers by asking again and again.
 */
final class Wait {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration INTERVAL = Duration.ofMillis(10);

	private Wait() {
	}

	/**
	 * Returns as soon as the condition holds, and gives up after half a minute. A
	 * condition that cannot be reached or is refused does not hold yet.
	 * @param condition what to ask
	 * @param failure what to say when time is up
	 */
	static void until(Callable<Boolean> condition, Supplier<String> failure) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		Exception last = null;
		while (System.nanoTime() < deadline) {
			try {
				if (condition.call()) {
					return;
				}
			}
			catch (Exception ex) {
				last = ex;
			}
			pause(last);
		}
		throw new IllegalStateException(failure.get(), last);
	}

	private static void pause(@Nullable Exception last) {
		try {
			Thread.sleep(INTERVAL.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for a server", (last != null) ? last : ex);
		}
	}

}
