package io.redispatterns.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The numbers of a row. No row allows an error or a stale read, and a call may take the
 * command timeout and 50 ms: {@link #NONE} has these alone, all others are added.
 */
final class Limits {

	static final Limits NONE = new Limits(Duration.ofSeconds(1), false, Map.of());

	/**
	 * A server that is away as a whole and comes back.
	 */
	static final Limits OUTAGE = NONE.recovery(Duration.ofSeconds(1))
		.loadsPerSecond(1)
		.added(Duration.ofMillis(1), Duration.ofSeconds(1));

	static final Duration COMMAND_TIMEOUT = Duration.ofMillis(250);

	private static final Duration WORST = COMMAND_TIMEOUT.plusMillis(50);

	private final Duration recovered;

	private final boolean sinceFault;

	private final Map<String, Function<Figures, String>> checks;

	private Limits(Duration recovered, boolean sinceFault, Map<String, Function<Figures, String>> checks) {
		this.recovered = recovered;
		this.sinceFault = sinceFault;
		this.checks = checks;
	}

	/**
	 * Hits are back so long after the heal.
	 */
	Limits recovery(Duration limit) {
		return new Limits(limit, false, this.checks);
	}

	/**
	 * Hits are back so long after the begin of a fault that the application has to leave
	 * by itself.
	 */
	Limits recoverySinceFault(Duration limit) {
		return new Limits(limit, true, this.checks);
	}

	Limits p99(Duration limit) {
		return with("p99", (figures) -> exceeds("p99", figures.p99() - figures.hiccup(), limit.toNanos()));
	}

	/**
	 * Other callers do not notice.
	 * @param factor what the p99 may be, times what it was before the fault
	 */
	Limits undisturbed(double factor) {
		return with("undisturbed", (figures) -> exceeds("p99", figures.p99() - figures.hiccup99(),
				(long) (figures.p99Before() * factor) + Durations.SLOT));
	}

	/**
	 * Few calls pay the command timeout before the breaker is open.
	 */
	Limits timeouts(long limit) {
		return with("timeouts", (figures) -> {
			long count = figures.callsFrom(COMMAND_TIMEOUT);
			return (count > limit) ? "%d calls of 250 ms or more > %d".formatted(count, limit) : "";
		});
	}

	/**
	 * What a read costs beside its load once the breaker is open.
	 * @param opened how long that may take
	 */
	Limits added(Duration limit, Duration opened) {
		return with("added", (figures) -> exceeds("added p95", figures.added(opened), limit.toNanos()));
	}

	Limits loadsPerSecond(int limit) {
		return with("loads", (figures) -> (figures.loadsPerSecond() > limit)
				? "%d loads of a key on a node in a second".formatted(figures.loadsPerSecond()) : "");
	}

	Limits firstLoads(long limit) {
		return with("first loads", (figures) -> (figures.firstLoads() > limit)
				? "%d loads in the first second".formatted(figures.firstLoads()) : "");
	}

	Limits hits(double share) {
		return with("hits", (figures) -> (figures.hitShare() < share)
				? "only %.0f %% of the hits meanwhile".formatted(100 * figures.hitShare()) : "");
	}

	/**
	 * The breaker of a node does not flap.
	 */
	Limits opens(int limit) {
		return with("opens", (figures) -> {
			int opens = figures.history().opens();
			return (opens > limit * figures.history().nodes()) ? "breakers opened %d times".formatted(opens) : "";
		});
	}

	Limits overdue() {
		return with("overdue", (figures) -> (figures.overdue() > 0)
				? "%d reads overwritten more than %d s before".formatted(figures.overdue(), History.OVERDUE.toSeconds())
				: "");
	}

	/**
	 * Nothing is stale at any time: the fault loses no write.
	 */
	Limits fresh() {
		return with("fresh", (figures) -> (figures.lags() > 0) ? "%d reads were stale".formatted(figures.lags()) : "");
	}

	Limits heap(long bytes) {
		return with("heap", (figures) -> (figures.history().heapGrowth() > bytes)
				? "%d KiB more heap".formatted(figures.history().heapGrowth() / 1024) : "");
	}

	/**
	 * A count that the run has left behind.
	 */
	Limits exactly(String what, long expected, long actual) {
		return with(what, (figures) -> (actual != expected) ? "%s: %d of %d".formatted(what, actual, expected) : "");
	}

	long recovery(Figures figures) {
		return this.sinceFault ? figures.recoverySinceFault() : figures.recovery();
	}

	long stale(Figures figures) {
		return figures.stale(this.sinceFault ? Duration.ZERO : this.recovered);
	}

	/**
	 * Judge a run.
	 * @return what exceeds a number, empty when nothing does
	 */
	List<String> violations(Figures figures) {
		List<String> violations = new ArrayList<>();
		Consumer<String> add = (violation) -> {
			if (!violation.isEmpty()) {
				violations.add(violation);
			}
		};
		add.accept(
				(figures.errors() > 0) ? "%d errors %s".formatted(figures.errors(), figures.history().causes()) : "");
		add.accept(exceeds("worst call", figures.worst() - figures.hiccup(), WORST.toNanos()));
		add.accept(exceeds("recovery", recovery(figures), this.recovered.toNanos()));
		double tail = figures.tailShare(this.sinceFault ? Duration.ZERO : this.recovered);
		add.accept((tail < 0.9) ? "only %.0f %% of the hits afterwards".formatted(100 * tail) : "");
		add.accept((stale(figures) > 0)
				? "%d stale, %d of them stuck".formatted(stale(figures), figures.history().stuck()) : "");
		this.checks.values().forEach((check) -> add.accept(check.apply(figures)));
		return violations;
	}

	private Limits with(String name, Function<Figures, String> check) {
		Map<String, Function<Figures, String>> more = new TreeMap<>(this.checks);
		more.put(name, check);
		return new Limits(this.recovered, this.sinceFault, more);
	}

	private static String exceeds(String what, long nanos, long limit) {
		return (nanos > limit) ? "%s %s > %s".formatted(what, millis(nanos), millis(limit)) : "";
	}

	static String millis(long nanos) {
		return (nanos == Long.MAX_VALUE) ? "never" : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
	}

}
