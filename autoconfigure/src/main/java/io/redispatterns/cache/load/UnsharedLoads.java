package io.redispatterns.cache.load;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.redispatterns.cache.flight.LoadObservations;
import io.redispatterns.cache.flight.Turns;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache.ValueRetrievalException;

/**
 * Loads of one cache that are for their caller only, and stored nowhere. They wait for
 * their turn like all others.
 */
public final class UnsharedLoads {

	private final Turns turns;

	private final LoadObservations observations;

	UnsharedLoads(Turns turns, LoadObservations observations) {
		this.turns = turns;
		this.observations = observations;
	}

	/**
	 * Load a value.
	 * @param key the argument
	 * @param loader loads it
	 * @return what the loader brought
	 */
	public @Nullable Object get(Object key, Callable<? extends @Nullable Object> loader) {
		try {
			return this.turns.run(turn(), () -> this.observations.observe(loader));
		}
		catch (Throwable ex) {
			throw new ValueRetrievalException(key, loader, ex);
		}
	}

	/**
	 * Load a value without waiting for it.
	 * @param loader loads it
	 * @return what the loader brought
	 */
	public CompletableFuture<@Nullable Object> retrieve(Supplier<? extends CompletableFuture<?>> loader) {
		return this.turns.runLater(turn(), () -> this.observations.observe(loader)).thenApply((loaded) -> loaded);
	}

	private static CompletableFuture<Boolean> turn() {
		return Turns.isNested() ? CompletableFuture.completedFuture(false) : new CompletableFuture<>();
	}

}
