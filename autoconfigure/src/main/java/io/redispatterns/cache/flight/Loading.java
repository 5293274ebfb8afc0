package io.redispatterns.cache.flight;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The loaders that the current thread runs, one inside another.
 *
 * @param turn the turn of the innermost
 * @param outer those around it
 */
public record Loading(CompletableFuture<Boolean> turn, @Nullable Loading outer) {

	boolean isOf(Flight flight) {
		return this.turn == flight.turn() || (this.outer != null && this.outer.isOf(flight));
	}

}
