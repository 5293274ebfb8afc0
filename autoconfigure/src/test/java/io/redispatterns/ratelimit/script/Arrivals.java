package io.redispatterns.ratelimit.script;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * Requests of one subject, as they come to the server.
 *
 * @param name what they are like
 * @param times when, in microseconds
 * @param costs at which cost
 */
record Arrivals(String name, long[] times, long[] costs) {

	private static final long SECOND = 1_000_000L;

	/**
	 * Requests that know nothing of each other.
	 * @param perSecond how many come in a second
	 */
	static Arrivals poisson(long begin, int seconds, double perSecond, Random random) {
		LongStream.Builder times = LongStream.builder();
		double now = begin;
		while (now < begin + seconds * SECOND) {
			now += -Math.log(1 - random.nextDouble()) / perSecond * SECOND;
			times.add((long) now);
		}
		return even("Poisson of %.2f a second".formatted(perSecond), times.build().toArray());
	}

	/**
	 * A quarter of a minute of many, then nothing for the rest of it.
	 */
	static Arrivals bursts(long begin, int seconds, double perSecond, Random random) {
		long[] times = LongStream.of(poisson(begin, seconds, perSecond * 8, random).times())
			.filter((time) -> (time - begin) % (60 * SECOND) < 15 * SECOND)
			.toArray();
		return even("bursts", times);
	}

	/**
	 * As many as the limit in the last millisecond of each window, and again and again in
	 * the next.
	 */
	static Arrivals boundary(long begin, int seconds, int limit) {
		LongStream.Builder times = LongStream.builder();
		long minute = 60 * SECOND;
		for (long end = (begin / minute + 1) * minute; end < begin + seconds * SECOND; end += minute) {
			for (int i = 0; i < limit; i++) {
				times.add(end - 1000 + i);
			}
			for (int i = 0; i < 3 * limit; i++) {
				times.add(end + i * minute / (6L * limit));
			}
		}
		return even("boundary", times.build().sorted().toArray());
	}

	Arrivals weighted(Random random) {
		return new Arrivals(this.name + ", weighted", this.times,
				LongStream.of(this.costs).map((cost) -> 1 + random.nextInt(5)).toArray());
	}

	private static Arrivals even(String name, long[] times) {
		return new Arrivals(name, times, LongStream.of(times).map((time) -> 1).toArray());
	}

}
