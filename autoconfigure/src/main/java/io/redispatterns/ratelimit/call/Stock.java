package io.redispatterns.ratelimit.call;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.redispatterns.ratelimit.call.Flights.Route;
import io.redispatterns.ratelimit.script.PolicyScript;
import io.redispatterns.ratelimit.script.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Permits that this node has taken ahead for subjects that many ask for at the same time,
 * where a policy allows it. They are given out without the server for a tenth of a
 * second; what is left then goes back. Safe for use by many threads.
 */
public final class Stock {

	private static final long LIFETIME = 100_000_000L;

	private final LongSupplier nanoTime;

	private final Returns returns;

	private final ConcurrentHashMap<Route, Shelf> shelves = new ConcurrentHashMap<>();

	/**
	 * Create an empty stock.
	 * @param nanoTime a clock that never goes back
	 * @param returns takes back what is left
	 */
	public Stock(LongSupplier nanoTime, Returns returns) {
		this.nanoTime = nanoTime;
		this.returns = returns;
	}

	/**
	 * Give out permits.
	 * @param script the policies
	 * @param subject who asks
	 * @param cost permits of each
	 * @return the verdict, {@code null} when the server is to be asked
	 */
	public @Nullable Verdict take(PolicyScript script, String subject, long cost) {
		if (this.shelves.isEmpty() || cost == 0) {
			return null;
		}
		Route route = new Route(script, subject);
		Shelf shelf = this.shelves.get(route);
		if (shelf == null) {
			return null;
		}
		if (this.nanoTime.getAsLong() - shelf.filledAt() < LIFETIME) {
			return shelf.take(cost) ? shelf.verdict() : null;
		}
		if (this.shelves.remove(route, shelf)) {
			giveBack(route, shelf);
		}
		return null;
	}

	/**
	 * Put permits in.
	 * @param route whose
	 * @param permits how many of each policy
	 * @param verdict what the server said when it gave them
	 */
	void put(Route route, long permits, Verdict verdict) {
		Shelf before = this.shelves.put(route, new Shelf(new AtomicLong(permits), verdict, this.nanoTime.getAsLong()));
		if (before != null) {
			giveBack(route, before);
		}
	}

	/**
	 * Forget the permits of a subject.
	 * @param subject the subject
	 */
	public void forget(String subject) {
		this.shelves.keySet().removeIf((route) -> route.subject().equals(subject));
	}

	private void giveBack(Route route, Shelf shelf) {
		long left = shelf.left().getAndSet(0);
		if (left > 0) {
			this.returns.giveBack(route.script(), route.subject(), shelf.verdict(), left);
		}
	}

	/**
	 * Takes permits back.
	 */
	@FunctionalInterface
	public interface Returns {

		/**
		 * Take permits back without waiting.
		 * @param script the policies
		 * @param subject who did not need them
		 * @param verdict what was said when they were given
		 * @param permits how many of each policy
		 */
		void giveBack(PolicyScript script, String subject, Verdict verdict, long permits);

	}

	private record Shelf(AtomicLong left, Verdict verdict, long filledAt) {

		boolean take(long cost) {
			long before = this.left.get();
			while (before >= cost) {
				if (this.left.compareAndSet(before, before - cost)) {
					return true;
				}
				before = this.left.get();
			}
			return false;
		}

	}

}
