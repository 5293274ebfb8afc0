package io.redispatterns.cache.flight;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import org.jspecify.annotations.Nullable;

/**
 * Single flight within this node: the loads that are going on, one for each key. A flight
 * that began before a write is forgotten by the write, so that no later caller joins it.
 */
public final class Flights {

	private static final int STRIPES = 64;

	/**
	 * Who waits for which flight of which cache. Loaders that ask for each other's keys
	 * would wait for ever.
	 */
	private static final ConcurrentMap<Thread, Flight> PASSENGERS = new ConcurrentHashMap<>();

	private static final int LONGEST_CHAIN = 1000;

	private final ConcurrentMap<ByteBuffer, Flight> open = new ConcurrentHashMap<>();

	private final AtomicLongArray writes = new AtomicLongArray(STRIPES);

	private final AtomicLong clears = new AtomicLong();

	/**
	 * A flight that is not open yet.
	 * @param pilot the thread that loads, if it is a single one
	 */
	public Flight prepare(byte[] key, @Nullable Thread pilot) {
		return new Flight(this, key, pilot);
	}

	/**
	 * Open a flight, unless one with its key is open. That one is in a hurry if the other
	 * is.
	 * @return the open flight
	 */
	public Flight board(Flight prepared) {
		prepared.board();
		Flight other = this.open.putIfAbsent(prepared.name(), prepared);
		if (other == null) {
			return prepared;
		}
		other.hurry(prepared.isHurried());
		return other;
	}

	/**
	 * Join a flight, to wait for its value and {@link #leave} then.
	 * @return {@code false} when the wait would not end, as the pilot waits for the
	 * calling thread, or is the calling thread
	 */
	public boolean join(Flight flight) {
		Thread self = Thread.currentThread();
		PASSENGERS.put(self, flight);
		Flight next = flight;
		for (int i = 0; i < LONGEST_CHAIN && next != null; i++) {
			Thread pilot = next.pilot();
			if (pilot == self) {
				return false;
			}
			next = (pilot != null) ? PASSENGERS.get(pilot) : null;
		}
		return true;
	}

	public void leave() {
		PASSENGERS.remove(Thread.currentThread());
	}

	public void forget(byte[] key) {
		this.writes.incrementAndGet(stripe(key));
		if (!this.open.isEmpty()) {
			this.open.remove(ByteBuffer.wrap(key));
		}
	}

	public void forgetAll() {
		this.clears.incrementAndGet();
		this.open.clear();
	}

	boolean isOpen(Flight flight) {
		return this.open.get(flight.name()) == flight;
	}

	/**
	 * Let nobody join a flight any more.
	 */
	public void close(Flight flight) {
		this.open.remove(flight.name(), flight);
	}

	/**
	 * A number that changes with each write that may be of this key.
	 */
	public long writes(byte[] key) {
		return this.writes.get(stripe(key)) + this.clears.get();
	}

	private static int stripe(byte[] key) {
		return Arrays.hashCode(key) & (STRIPES - 1);
	}

}
