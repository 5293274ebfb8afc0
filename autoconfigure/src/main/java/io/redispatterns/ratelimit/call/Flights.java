package io.redispatterns.ratelimit.call;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.redispatterns.ratelimit.local.LocalLimiter;
import io.redispatterns.ratelimit.script.PolicyScript;
import io.redispatterns.ratelimit.script.Verdict;
import io.redispatterns.redis.RedisExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Calls under way, one at a time for each subject and its policies: who asks meanwhile
 * waits for the next, which takes all of them. The server decides them one after another,
 * as if each had come alone.
 */
public final class Flights {

	private static final int SEATS = 128;

	private final RedisExecutor redis;

	private final LocalLimiter local;

	private final Supplier<String> leaseNames;

	private final Stock stock;

	private final ConcurrentHashMap<Route, Flight> flights = new ConcurrentHashMap<>();

	/**
	 * Create the flights.
	 * @param redis the way to the server
	 * @param local what this node has decided without the server, which is told
	 * @param leaseNames names for the leases of a call
	 * @param stock where permits go that are taken ahead
	 */
	public Flights(RedisExecutor redis, LocalLimiter local, Supplier<String> leaseNames, Stock stock) {
		this.redis = redis;
		this.local = local;
		this.leaseNames = leaseNames;
		this.stock = stock;
	}

	/**
	 * Ask the server.
	 * @param script the policies
	 * @param subject who asks
	 * @param key the key of the subject
	 * @param cost permits of each
	 * @param attended whether the caller waits, and cancels the answer when it gives up
	 * @return the answer, which fails with
	 * {@link io.redispatterns.redis.RedisFailureException}; one that is cancelled in time
	 * is not asked for
	 */
	public CompletableFuture<Answer> ask(PolicyScript script, String subject, byte[] key, long cost, boolean attended) {
		Passenger passenger = new Passenger(cost);
		Route route = new Route(script, subject);
		while (true) {
			Flight flight = this.flights.get(route);
			if (flight == null) {
				Flight first = new Flight(route, key);
				if (this.flights.putIfAbsent(route, first) == null) {
					send(first, List.of(passenger), attended);
					return passenger;
				}
			}
			else if (flight.board(passenger)) {
				return passenger;
			}
			else {
				this.flights.remove(route, flight);
			}
		}
	}

	private void send(Flight flight, List<Passenger> passengers, boolean attended) {
		PolicyScript script = flight.route().script();
		String subject = flight.route().subject();
		String lease = script.hasLeases() ? this.leaseNames.get() : "";
		long[] owed = this.local.takeOwed(subject, script.policies());
		long ahead = (passengers.size() > 1) ? script.ahead() : 0;
		long[] costs = new long[passengers.size() + ((ahead > 0) ? 1 : 0)];
		for (int i = 0; i < costs.length; i++) {
			costs[i] = (i < passengers.size()) ? passengers.get(i).cost() : ahead;
		}
		CompletableFuture<Verdict[]> sent = script.decide(this.redis, flight.key(), true, costs, lease, owed);
		if (attended) {
			// A reply that somebody waits for needs no timer of its own until he gives up
			passengers.get(0).onCancel(() -> this.redis.bounded(sent));
		}
		(attended ? sent : this.redis.bounded(sent)).whenComplete((verdicts, ex) -> {
			if (verdicts != null) {
				if (ahead > 0 && verdicts[costs.length - 1].allowed()) {
					this.stock.put(flight.route(), ahead, verdicts[costs.length - 1]);
				}
				land(flight, passengers, verdicts);
			}
			else if (attended) {
				this.redis.bounded(sent).whenComplete((none, failure) -> lose(flight, passengers, owed, failure));
			}
			else {
				lose(flight, passengers, owed, ex);
			}
		});
	}

	private void lose(Flight flight, List<Passenger> passengers, long[] owed, Throwable failure) {
		this.local.owe(flight.route().subject(), flight.route().script().policies(), owed);
		List<Passenger> stranded = flight.end();
		this.flights.remove(flight.route(), flight);
		passengers.forEach((passenger) -> passenger.completeExceptionally(failure));
		stranded.forEach((passenger) -> passenger.completeExceptionally(failure));
	}

	private void land(Flight flight, List<Passenger> passengers, Verdict[] verdicts) {
		List<Passenger> next = flight.next(SEATS);
		if (next.isEmpty()) {
			this.flights.remove(flight.route(), flight);
		}
		else {
			send(flight, next, false);
		}
		boolean shared = passengers.size() > 1;
		for (int i = 0; i < passengers.size(); i++) {
			passengers.get(i).complete(new Answer(verdicts[i], shared));
		}
	}

	/**
	 * What the server decided.
	 *
	 * @param verdict the verdict
	 * @param shared whether others were decided in the same call
	 */
	public record Answer(Verdict verdict, boolean shared) {

	}

	/**
	 * A request under way.
	 */
	static final class Passenger extends CompletableFuture<Answer> {

		private final long cost;

		private volatile @Nullable Runnable onCancel;

		Passenger(long cost) {
			this.cost = cost;
		}

		long cost() {
			return this.cost;
		}

		void onCancel(Runnable onCancel) {
			this.onCancel = onCancel;
		}

		@Override
		public boolean cancel(boolean mayInterrupt) {
			Runnable action = this.onCancel;
			boolean cancelled = super.cancel(mayInterrupt);
			if (cancelled && action != null) {
				action.run();
			}
			return cancelled;
		}

	}

	/**
	 * What a flight is for.
	 */
	record Route(PolicyScript script, String subject) {

	}

}
