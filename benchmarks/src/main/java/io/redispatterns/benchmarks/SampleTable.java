package io.redispatterns.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The samples of one benchmark as ratios to the two floors, with the bytes and commands
 * of an operation as most threads saw them.
 */
final class SampleTable {

	private final Work work;

	private final List<Sample> samples;

	SampleTable(Work work, List<Sample> samples) {
		this.work = work;
		this.samples = samples;
	}

	MarkdownTable markdown() {
		List<String> header = new ArrayList<>(List.of(""));
		for (int threads : this.work.threads()) {
			String by = (threads == 1) ? "1 thread" : threads + " threads";
			Contestant.floors(this.work).forEach((floor) -> header.add("%s, of %s".formatted(by, floor.label())));
		}
		header.addAll(List.of("client's processor time, of " + Contestant.floors(this.work).get(1).label(), "B/op",
				"commands/op"));
		MarkdownTable table = new MarkdownTable(header);
		this.samples.stream().map(Sample::contestant).distinct().sorted().forEach((one) -> table.add(row(one)));
		return table;
	}

	private List<String> row(Contestant contestant) {
		List<String> row = new ArrayList<>(List.of(contestant.label()));
		for (int threads : this.work.threads()) {
			for (Contestant floor : Contestant.floors(this.work)) {
				row.add(Ratio.of(values(contestant, threads, Sample::micros), values(floor, threads, Sample::micros))
					.toString());
			}
		}
		int most = this.work.threads().get(this.work.threads().size() - 1);
		row.add(Ratio
			.of(values(contestant, most, Sample::cpu), values(Contestant.floors(this.work).get(1), most, Sample::cpu))
			.toString());
		row.add(String.format(Locale.ROOT, "%,.0f", Ratio.of(values(contestant, most, Sample::bytes)).median()));
		row.add(commands(of(contestant, most).findFirst().orElseThrow().commands()));
		return row;
	}

	private double[] values(Contestant contestant, int threads, ToDoubleFunction<Sample> value) {
		return of(contestant, threads).mapToDouble(value).toArray();
	}

	private Stream<Sample> of(Contestant contestant, int threads) {
		return this.samples.stream()
			.filter((sample) -> sample.contestant() == contestant && sample.threads() == threads);
	}

	private static String commands(Map<String, Double> commands) {
		return commands.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > 0.01)
			.map((entry) -> count(entry.getValue()) + entry.getKey().toUpperCase(Locale.ROOT))
			.collect(Collectors.joining(" + "));
	}

	private static String count(double calls) {
		double whole = Math.rint(calls);
		if (whole < 1 || Math.abs(calls - whole) > whole / 50) {
			return String.format(Locale.ROOT, "%.2f ", calls);
		}
		return (whole == 1) ? "" : String.format(Locale.ROOT, "%.0f ", whole);
	}

}
