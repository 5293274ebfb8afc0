package io.redispatterns.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * How many times as long as the floor of the same round: the median over the rounds and
 * what lies around it.
 *
 * @param median the median
 * @param lowest the lowest of a round
 * @param highest the highest of a round
 */
record Ratio(double median, double lowest, double highest) {

	static Ratio of(double[] values, double[] floors) {
		double[] ratios = new double[values.length];
		Arrays.setAll(ratios, (round) -> values[round] / floors[round]);
		return of(ratios);
	}

	static Ratio of(double... values) {
		if (values.length == 0) {
			throw new IllegalArgumentException("'values' must not be empty");
		}
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
		return new Ratio(median, sorted[0], sorted[sorted.length - 1]);
	}

	@Override
	public String toString() {
		return (this.lowest == this.highest) ? text(this.median)
				: "%s (%s-%s)".formatted(text(this.median), text(this.lowest), text(this.highest));
	}

	private static String text(double value) {
		return String.format(Locale.ROOT, (value < 10) ? "%.2f" : "%.0f", value);
	}

}
