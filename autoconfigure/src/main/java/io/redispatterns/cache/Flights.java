package io.redispatterns.cache;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;

import org.jspecify.annotations.Nullable;

/**
 * Single flight within this node: the loads that are going on, one for each key. A flight
 * that began before a write is forgotten by the write, so that no later caller joins it.
 */
final class Flights {

	private static final int STRIPES = 64;

	private final ConcurrentMap<ByteBuffer, Flight> open = new ConcurrentHashMap<>();

	private final AtomicLongArray landings = new AtomicLongArray(STRIPES);

	/**
	 * A number that changes when a flight with this key lands: taken before a miss, it
	 * tells whether what was missed may be there by now.
	 */
	long landings(byte[] key) {
		return this.landings.get(stripe(key));
	}

	/**
	 * A flight that is not open yet.
	 */
	Flight prepare(byte[] key) {
		return new Flight(ByteBuffer.wrap(key));
	}

	/**
	 * Open a flight, unless one with its key is open.
	 * @return the open flight
	 */
	Flight board(Flight prepared) {
		prepared.boarded = true;
		Flight other = this.open.putIfAbsent(prepared.key, prepared);
		return (other != null) ? other : prepared;
	}

	void forget(byte[] key) {
		if (!this.open.isEmpty()) {
			this.open.remove(ByteBuffer.wrap(key));
		}
	}

	void forgetAll() {
		this.open.clear();
	}

	private static int stripe(byte[] key) {
		return Arrays.hashCode(key) & (STRIPES - 1);
	}

	/**
	 * One load, whose value everybody aboard gets.
	 */
	final class Flight {

		private final ByteBuffer key;

		private final Thread pilot = Thread.currentThread();

		private final CompletableFuture<@Nullable Object> value = new CompletableFuture<>();

		private volatile boolean boarded;

		private Flight(ByteBuffer key) {
			this.key = key;
		}

		/**
		 * Whether the calling thread loads: a loader that asks for its own key must not
		 * wait for itself.
		 */
		boolean isPilot() {
			return this.pilot == Thread.currentThread();
		}

		/**
		 * Whether no write has come between. A flight that nobody could board is not told
		 * of writes.
		 */
		boolean isCurrent() {
			return !this.boarded || Flights.this.open.get(this.key) == this;
		}

		byte[] key() {
			return this.key.array();
		}

		CompletableFuture<@Nullable Object> value() {
			return this.value;
		}

		void land(@Nullable Object loaded) {
			close();
			this.value.complete(loaded);
		}

		void crash(Throwable failure) {
			close();
			this.value.completeExceptionally(failure);
		}

		private void close() {
			Flights.this.landings.incrementAndGet(stripe(key()));
			Flights.this.open.remove(this.key, this);
		}

	}

}
