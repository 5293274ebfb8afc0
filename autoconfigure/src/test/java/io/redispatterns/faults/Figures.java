package io.redispatterns.faults;

import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

import io.redispatterns.faults.History.Sample;

/**
 * What can be said of a run when it is over. Times are nanoseconds,
 * {@code Long.MAX_VALUE} for never.
 *
 * @param worst the longest call from the fault on
 * @param hiccup the longest time by which a parked thread woke up late meanwhile
 * @param recovery from the heal until hits are back
 * @param recoverySinceFault the same from the begin of the fault
 * @param steady the share of the reads that were hits before the fault
 * @param loadsPerSecond how often a node has loaded a key that nobody writes in any
 * second of the fault
 * @param firstLoads the loads of all nodes in the first second of the fault
 */
record Figures(History history, long errors, long worst, long hiccup, long p99, long p99Before, long recovery,
		long recoverySinceFault, double steady, int loadsPerSecond, long firstLoads) {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private static final long WINDOW = Duration.ofMillis(200).toNanos();

	private static final double BACK = 0.9;

	static Figures of(History history) {
		List<Sample> samples = samples(history);
		double steady = (history.fault() > SECOND / 2) ? share(samples, history.fault() / 2, history.fault()) : 1;
		List<Bucket> outage = history.between(history.fault(), history.heal());
		List<Bucket> since = history.between(history.fault(), Long.MAX_VALUE - History.BUCKET);
		List<Bucket> before = history.between(history.fault() / 2, history.fault() - History.BUCKET);
		long worst = max(since, (bucket) -> bucket.worst.get());
		return new Figures(history,
				sum(history.between(0, Long.MAX_VALUE - History.BUCKET), (bucket) -> bucket.errors.get()), worst,
				max(since, (bucket) -> bucket.hiccup.get()), Math.min(worst, p99(outage)), p99(before),
				recovery(samples, history.heal(), BACK * steady, true),
				recovery(samples, history.fault(), BACK * steady, false), steady, loadsPerSecond(history),
				sum(history.between(history.fault(), history.fault() + SECOND - History.BUCKET),
						(bucket) -> bucket.loads.get()));
	}

	/**
	 * Hits during the fault, as a share of what they were before.
	 */
	double hitShare() {
		return share(samples(this.history), this.history.fault(), this.history.heal()) / this.steady;
	}

	/**
	 * The same of the tail.
	 * @param recovered how long after the heal hits may be missing
	 */
	double tailShare(Duration recovered) {
		return share(samples(this.history), this.history.heal() + recovered.toNanos(), this.history.end())
				/ this.steady;
	}

	/**
	 * Reads in the tail of what was overwritten before they began, and keys that are
	 * wrong at the end.
	 * @param recovered how long after the heal they are not to occur
	 */
	long stale(Duration recovered) {
		long from = this.history.heal() + recovered.toNanos() + History.BUCKET;
		return sum(this.history.between(from, this.history.end()), (bucket) -> bucket.lags.get())
				+ this.history.stuck();
	}

	/**
	 * Reads during the fault of what was overwritten longer ago than the bound.
	 */
	long overdue() {
		return sum(this.history.between(0, this.history.heal()), (bucket) -> bucket.overdue.get());
	}

	/**
	 * Reads of what was overwritten before they began, at whatever time.
	 */
	long lags() {
		return sum(this.history.between(0, this.history.end()), (bucket) -> bucket.lags.get());
	}

	/**
	 * The calls that began in the fault and took at least as long.
	 */
	long callsFrom(Duration time) {
		return sum(this.history.between(this.history.fault(), this.history.heal()),
				(bucket) -> bucket.calls.countFrom(time.toNanos()));
	}

	/**
	 * By how much a parked thread woke up late during the fault, 99 times of 100.
	 */
	long hiccup99() {
		return Durations.percentile(this.history.between(this.history.fault(), this.history.heal())
			.stream()
			.map((bucket) -> bucket.hiccups)
			.toList(), 99);
	}

	/**
	 * What 95 of 100 reads cost at most beside their load, from some time after the fault
	 * on.
	 */
	long added(Duration opened) {
		return Durations.percentile(this.history.between(this.history.fault() + opened.toNanos(), this.history.heal())
			.stream()
			.map((bucket) -> bucket.added)
			.toList(), 50);
	}

	private static List<Sample> samples(History history) {
		return history.samples().stream().filter((sample) -> sample.at() <= history.end()).toList();
	}

	/**
	 * From a moment to the end of the first good window after hits were lost; zero when
	 * they never were.
	 */
	private static long recovery(List<Sample> samples, long from, double share, boolean lostBefore) {
		boolean lost = lostBefore;
		int first = 0;
		for (Sample last : samples) {
			while (last.at() - samples.get(first + 1).at() >= WINDOW) {
				first++;
			}
			Sample begin = samples.get(first);
			if (begin.at() < from || last.at() - begin.at() < WINDOW) {
				continue;
			}
			boolean good = share(begin, last) >= share;
			if (good && lost) {
				return last.at() - from;
			}
			lost |= !good;
		}
		return lost ? Long.MAX_VALUE : 0;
	}

	private static double share(List<Sample> samples, long from, long to) {
		List<Sample> within = samples.stream().filter((sample) -> sample.at() >= from && sample.at() <= to).toList();
		return within.isEmpty() ? 0 : share(within.get(0), within.get(within.size() - 1));
	}

	private static double share(Sample first, Sample last) {
		return (double) (last.hits() - first.hits()) / Math.max(1, last.reads() - first.reads());
	}

	private static int loadsPerSecond(History history) {
		int first = (int) ((history.fault() + History.BUCKET - 1) / History.BUCKET);
		int last = (int) (history.heal() / History.BUCKET) - 10;
		return IntStream.rangeClosed(first, last)
			.flatMap((bucket) -> IntStream.range(0, history.nodes())
				.flatMap((node) -> IntStream.range(Database.KEYS / 2, Database.KEYS)
					.map((key) -> history.loadsInSecond(node, key, bucket))))
			.max()
			.orElse(0);
	}

	private static long p99(List<Bucket> buckets) {
		return Durations.percentile(buckets.stream().map((bucket) -> bucket.calls).toList(), 99);
	}

	private static long sum(List<Bucket> buckets, ToLongFunction<Bucket> count) {
		return buckets.stream().mapToLong(count).sum();
	}

	private static long max(List<Bucket> buckets, ToLongFunction<Bucket> value) {
		return buckets.stream().mapToLong(value).max().orElse(0);
	}

}
