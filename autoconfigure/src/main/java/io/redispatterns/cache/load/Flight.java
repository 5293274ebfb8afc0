package io.redispatterns.cache.load;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * One load, whose value everybody aboard gets.
 */
final class Flight {

	private final Flights flights;

	private final ByteBuffer key;

	private final @Nullable Thread pilot;

	private final long landings;

	private final long writes;

	private final CompletableFuture<@Nullable Object> value = new CompletableFuture<>();

	private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

	private volatile boolean boarded;

	/**
	 * A flight that is not open yet.
	 * @param flights where it may be opened
	 * @param key what it loads
	 * @param pilot the thread that loads, if it is a single one
	 * @param landings the number before the miss, of {@link Flights#landings}
	 */
	Flight(Flights flights, byte[] key, @Nullable Thread pilot, long landings) {
		this.flights = flights;
		this.key = ByteBuffer.wrap(key);
		this.pilot = pilot;
		this.landings = landings;
		this.writes = flights.writes(key);
	}

	/**
	 * Whether no write has come between. Of a flight that nobody could board, a write of
	 * another key may be taken for one of its own.
	 */
	boolean isCurrent() {
		return this.boarded ? this.flights.isOpen(this) : this.flights.writes(key()) == this.writes;
	}

	/**
	 * The key, as one that can be looked up by.
	 */
	ByteBuffer name() {
		return this.key;
	}

	byte[] key() {
		return this.key.array();
	}

	@Nullable Thread pilot() {
		return this.pilot;
	}

	CompletableFuture<@Nullable Object> value() {
		return this.value;
	}

	/**
	 * The turn of its loader, for {@link Turns}.
	 */
	CompletableFuture<Boolean> turn() {
		return this.turn;
	}

	/**
	 * Let the loader go ahead of its turn, where somebody waits for it who is on a turn.
	 */
	void hurry(boolean nested) {
		if (nested) {
			this.turn.complete(false);
		}
	}

	boolean isHurried() {
		return !this.turn.getNow(true);
	}

	/**
	 * Whether a flight with the same key may have brought what was missed.
	 */
	boolean isLate() {
		return this.flights.landings(key()) != this.landings;
	}

	void board() {
		this.boarded = true;
	}

	/**
	 * Give the value to those aboard, and stay open until it is stored.
	 */
	void serve(@Nullable Object loaded) {
		this.value.complete(loaded);
	}

	/**
	 * Land or crash.
	 */
	void end(@Nullable Object loaded, @Nullable Throwable failure) {
		if (failure != null) {
			crash(LoadObservations.unwrap(failure));
		}
		else {
			land(loaded);
		}
	}

	void land(@Nullable Object loaded) {
		this.flights.close(this);
		this.value.complete(loaded);
	}

	void crash(Throwable failure) {
		this.flights.close(this);
		this.value.completeExceptionally(failure);
	}

}
