package io.redispatterns.warming.run;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * What a cache is warmed with, and when.
 *
 * @param name the method that has the keys, as the log and Redis have it
 * @param cache the cache
 * @param keys gives the keys, a {@code Stream} or an {@code Iterable}
 * @param reader reads one of them through the cache
 * @param schedule when to do it
 * @param rate how many keys are read in a second at most
 */
public record WarmPlan(String name, String cache, Callable<@Nullable Object> keys, Reader reader, Schedule schedule,
		int rate) {

	/**
	 * How long the next key has to wait for the one before it.
	 */
	Duration period() {
		return Duration.ofSeconds(1).dividedBy(this.rate);
	}

	/**
	 * Reads a key through the cache, and waits for its value.
	 */
	@FunctionalInterface
	public interface Reader {

		/**
		 * Read a key.
		 * @param key the argument of the cached method
		 * @throws Exception what that method throws
		 */
		void read(@Nullable Object key) throws Exception;

	}

}
