package io.redispatterns.ratelimit.call;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.redispatterns.ratelimit.call.Flights.Passenger;
import io.redispatterns.ratelimit.call.Flights.Route;

/**
 * A call under way, and who waits for the next. It ends when nobody does.
 */
final class Flight {

	private final Route route;

	private final byte[] key;

	private final Queue<Passenger> waiting = new ArrayDeque<>(0);

	private boolean ended;

	Flight(Route route, byte[] key) {
		this.route = route;
		this.key = key;
	}

	Route route() {
		return this.route;
	}

	byte[] key() {
		return this.key;
	}

	/**
	 * Wait for the next call.
	 * @return {@code false} when there is none
	 */
	synchronized boolean board(Passenger passenger) {
		return !this.ended && this.waiting.add(passenger);
	}

	/**
	 * Those who are in the next call, without those who have given up.
	 */
	synchronized List<Passenger> next(int seats) {
		List<Passenger> next = new ArrayList<>();
		while (next.size() < seats && !this.waiting.isEmpty()) {
			Passenger passenger = this.waiting.remove();
			if (!passenger.isDone()) {
				next.add(passenger);
			}
		}
		this.ended = next.isEmpty();
		return next;
	}

	/**
	 * End, and tell who waits.
	 */
	synchronized List<Passenger> end() {
		this.ended = true;
		return List.copyOf(this.waiting);
	}

}
